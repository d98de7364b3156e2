"""The libraries that we are measured against, in an environment of their own, and the processes that run them."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys

from .. import files, kernels, maven, places, venv
from ..problem import Problem
from . import rows
from .contest import Contestant

SCRIPTS = places.ENVIRONMENT / "bench_peers"
FOLDER = places.ROOT / ".venv-bench"
LOG = places.WORK / "bench.log"
# The plain name brings a build for graphics cards on Linux x86-64, several times as large.
TORCH = "2.13.0"
LIBRARIES = {"JAX": "jax", "PyTorch": "torch", "NumPy": "numpy", "SciPy": "scipy"}
_PYTHON = FOLDER / "bin" / "python"
_DONE = FOLDER / "peers-installed"
# Set where an older OpenBLAS would fail; the pinned NumPy's is newer and chooses for itself.
_FORCED = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def set_up(say):
    """Installs the peers; returns the names of those that can be had."""
    if not (_PYTHON.is_file() and _DONE.is_file() and _DONE.read_text(encoding="utf-8").startswith(_fingerprint())):
        say("Installing PyTorch, JAX, NumPy and SciPy into .venv-bench (once; some minutes, 1.5 GB) …")
        shutil.rmtree(FOLDER, ignore_errors=True)
        venv.run([sys.executable, "-m", "venv", str(FOLDER)], LOG, "Making the environment of the peers failed")
        requirements = str(SCRIPTS / "requirements.txt")
        venv.pip(["-r", requirements], LOG, attempts=3, retries=1, python=_PYTHON)
        has_torch = _install_torch(say)
        files.write(_DONE, _fingerprint() + ("with PyTorch\n" if has_torch else "without PyTorch\n"))
    without = _DONE.read_text(encoding="utf-8").endswith("without PyTorch\n")
    return [name for name in (*LIBRARIES, *rows.VARIANTS) if not (without and name == "PyTorch")]


def _install_torch(say):
    plain = not (platform.system() == "Linux" and platform.machine().lower() in ("x86_64", "amd64"))
    wanted = f"torch=={TORCH}" + ("" if plain else "+cpu")
    try:
        venv.pip([wanted], LOG, attempts=2, retries=1, python=_PYTHON)
        return True
    except Problem:
        say(f"pip cannot find {wanted}, the build for processors; its lines are left out.")
        say(f"To have them, let pip find that wheel (PIP_FIND_LINKS), delete {places.shown(FOLDER)} and try again.")
        return False


def _fingerprint():
    digest = hashlib.sha256((SCRIPTS / "requirements.txt").read_bytes() + TORCH.encode()).hexdigest()
    return f"{digest} python {sys.version_info[0]}.{sys.version_info[1]}\n"


def contestant(name, threads, jdk, clock):
    """A library on this many cores, or ourselves."""
    command = java(jdk, "org.hopwise.bench.Contestant") if name == rows.OURS else None
    library, changes = rows.VARIANTS.get(name, (name, {}))
    command = command or [str(_PYTHON), str(SCRIPTS / "contestant.py"), LIBRARIES[library]]
    return Contestant(name, [*pin(threads), *command], environment(library, threads, os.environ), LOG, changes, clock)


def java(jdk, main_class):
    """Our side, with the options that the kernel has."""
    options = [f"-Xmx{kernels.heap_gib()}g", *kernels.options(jdk)]
    class_path = [*maven.toolkit_jars(), *maven.benchmark_jars()]
    return [str(jdk.java), *options, "-cp", os.pathsep.join(map(str, class_path)), main_class]


def pin(threads):
    """The last cores, since systems like to do their own work on the first; nothing where there is no taskset."""
    if shutil.which("taskset") is None or not hasattr(os, "sched_getaffinity"):
        return []
    cores = sorted(os.sched_getaffinity(0))[-threads:]
    return ["taskset", "-c", ",".join(map(str, cores))]


def environment(name, threads, inherited):
    """The variables of a contestant: so many threads, and for the peers no BLAS kernel forced upon them."""
    variables = {key: value for key, value in inherited.items() if name == rows.OURS or key not in _FORCED}
    for key in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        variables[key] = str(threads)
    if name == "JAX" and threads == 1:
        variables["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    return variables


def draw(jdk, table, picture, profile):
    """The picture of the costs, by the toolkit's own figures; QUICK is marked in it."""
    command = [*java(jdk, "org.hopwise.bench.CostPicture"), str(table), str(picture)]
    variables = {**os.environ, "HOPWISE_PROFILE": profile}
    done = subprocess.run(command, capture_output=True, text=True, env=variables)
    if done.returncode != 0:
        raise Problem(f"Drawing the costs failed:\n{done.stderr.strip()}")
