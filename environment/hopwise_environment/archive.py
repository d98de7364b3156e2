"""An archive of the classes that kernels load, as the JVM holds them in memory: a kernel that maps it starts sooner.

The JVM compares an archive with itself and with the jars on the class path, and does without where they differ.
"""

import hashlib
import json
import os
from pathlib import Path

from . import files, first_map, places, session
from .problem import say

_FOLDER = places.VENV / "share" / "hopwise"
_QUIET = "-Xlog:cds*=off"
# A few notebooks on, the half second of each start has paid for the making.
WORTH = 5
_ALSO = (
    "var trained = Trainer.adam(1e-3).updates(2).batch(2).penalty(Penalty.hopwise(1e-3, 0.8, 10)).train(network, task);",
    'int letters = Figure.lines(trained.history().toTable(), "update", "loss").logY().svg().length();',
    "HopDecomposition.of(trained.weights(), 10).profile()",
)


def add(spec, version, may_make):
    """The spec with its archive in it, where there is one or may be made."""
    place = path(spec["argv"], version)
    if may_make and not place.exists():
        make(spec, place)
    # An empty file marks an archive that could not be made.
    return use(spec, place) if place.is_file() and place.stat().st_size > 0 else spec


def path(argv, version):
    """Where the archive for this command line, this Java and these jars belongs."""
    jars = [os.stat(jar) for jar in argv[argv.index("-cp") + 1].split(os.pathsep)]
    key = json.dumps([version, *argv, *((jar.st_size, jar.st_mtime_ns) for jar in jars)])
    return _FOLDER / f"classes-{hashlib.sha256(key.encode()).hexdigest()[:16]}.jsa"


def use(spec, place):
    """The spec with the archive in it. A JVM that cannot use it is to keep quiet about it."""
    java, *rest = spec["argv"]
    return {**spec, "argv": [java, f"-XX:SharedArchiveFile={place}", _QUIET, *rest]}


def make(spec, place):
    """Lets a kernel run the usual cells and write down at its end what it has loaded."""
    say("Archiving the classes of the kernel, so that it starts sooner (once; a few seconds) …")
    java, *rest = spec["argv"]
    raw = Path(f"{place}.{os.getpid()}")
    folder = places.WORK / "archive"
    recording = {**spec, "argv": [java, f"-XX:ArchiveClassesAtExit={raw}", _QUIET, *rest]}
    files.write(folder / "java" / "kernel.json", json.dumps(recording))
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with session.Session(folder, places.WORK / "archive.log") as kernel:
            kernel.wait_until_ready()
            for code in [*first_map.CELLS_WITH_ARRAY.values(), *_ALSO]:
                kernel.execute(code)
            status = kernel.exit()
        if status != 0 or not raw.is_file():
            raise session.CellError(f"the kernel ended with status {status} and wrote no archive")
        os.replace(raw, place)
    except (session.CellError, OSError) as error:
        say(f"That failed, so kernels start as before: {error}")
        place.touch()
    # Archives of other jars or another Java serve nobody.
    for other in place.parent.glob("classes-*.jsa*"):
        if other != place:
            other.unlink(missing_ok=True)
