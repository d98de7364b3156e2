"""The libraries that we are measured against, in an environment of their own, and the processes that run them."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys

from .. import files, kernels, maven, places, venv
from ..problem import Problem, say
from . import rows
from .contest import Contestant

SCRIPTS = places.ENVIRONMENT / "bench_peers"
FOLDER = places.ROOT / ".venv-bench"
LOG = places.WORK / "bench.log"
LIBRARIES = {"JAX": "jax", "PyTorch": "torch", "NumPy": "numpy", "SciPy": "scipy", "igraph": "igraph", "NetworkX": "networkx"}
# The plain name brings a build for graphics cards on Linux x86-64, several times as large.
TORCH = "torch==2.13.0" + ("+cpu" if (platform.system(), platform.machine()) == ("Linux", "x86_64") else "")
_PYTHON = FOLDER / "bin" / "python"
_DONE = FOLDER / "peers-installed"
# Set where an older OpenBLAS would fail; the pinned NumPy's is newer and chooses for itself.
_FORCED = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def set_up():
    """Installs the peers; returns the names of those that can be had."""
    made_of = (SCRIPTS / "requirements.txt").read_bytes() + TORCH.encode() + sys.version.encode()
    fingerprint = hashlib.sha256(made_of).hexdigest()
    if not (_DONE.is_file() and _DONE.read_text(encoding="utf-8").startswith(fingerprint)):
        say("Installing JAX, NumPy, SciPy, igraph, NetworkX and PyTorch into .venv-bench (once; some minutes, 1.5 GB) …")
        venv.make(FOLDER, LOG)
        venv.pip(["-r", SCRIPTS / "requirements.txt"], LOG, _PYTHON)
        files.write(_DONE, fingerprint + _install_torch())
    without = _DONE.read_text(encoding="utf-8").endswith("without PyTorch\n")
    missing = {"PyTorch", rows.LEAN} if without else set()
    return [name for name in (*LIBRARIES, *rows.VARIANTS) if name not in missing]


def _install_torch():
    try:
        venv.pip([TORCH], LOG, _PYTHON)
        return " with PyTorch\n"
    except Problem:
        say(f"pip cannot find {TORCH}, so PyTorch's lines are left out. To have them, name a folder with its wheel "
            f"(PIP_FIND_LINKS), delete {places.shown(FOLDER)} and try again.")
        return " without PyTorch\n"


def contestant(name, threads, jdk, clock):
    """A library on this many cores, or ourselves."""
    library, changes = rows.VARIANTS.get(name, (name, {}))
    ours = library == rows.OURS
    command = java(jdk, "org.hopwise.bench.Contestant") if ours else [_PYTHON, SCRIPTS / "contestant.py", LIBRARIES[library]]
    return Contestant(name, [*pin(threads), *command], environment(library, threads, os.environ), LOG, changes, clock)


def java(jdk, main_class):
    """Our side, with the options that the kernel has."""
    class_path = os.pathsep.join(map(str, [*maven.toolkit_jars(), *maven.benchmark_jars()]))
    return [jdk.java, f"-Xmx{kernels.heap_gib()}g", *kernels.options(jdk), "-cp", class_path, main_class]


def pin(threads):
    """The last cores, since systems like to do their own work on the first; nothing where there is no taskset."""
    if shutil.which("taskset") is None or not hasattr(os, "sched_getaffinity"):
        return []
    return ["taskset", "-c", ",".join(map(str, sorted(os.sched_getaffinity(0))[-threads:]))]


def environment(name, threads, inherited):
    """The variables of a contestant: so many threads, and for the peers no BLAS kernel forced upon them."""
    variables = {key: value for key, value in inherited.items() if name == rows.OURS or key not in _FORCED}
    variables |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(threads))
    if name == "JAX" and threads == 1:
        variables["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    return variables


def draw(jdk, table, picture, profile):
    """The picture of the costs, by the toolkit's own figures; QUICK is marked in it."""
    command = [*java(jdk, "org.hopwise.bench.CostPicture"), table, picture]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "HOPWISE_PROFILE": profile})
    if done.returncode != 0:
        raise Problem(f"Drawing the costs failed:\n{done.stderr.strip()}")
