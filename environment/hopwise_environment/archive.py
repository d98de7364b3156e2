"""An archive of the classes that kernels load, as the JVM holds them in memory: a kernel that maps it starts sooner.

The JVM compares an archive with itself and with the jars on the class path, and does without where they differ.
"""

import hashlib
import json
import os
from pathlib import Path

from . import files, places

_FOLDER = places.VENV / "share" / "hopwise"
# A few notebooks on, the half second of each start has paid for the making.
WORTH = 5


def path(argv, version):
    """Where the archive for this command line, this Java and these jars belongs."""
    digest = hashlib.sha256(version.encode())
    for argument in argv:
        digest.update(b"\0" + argument.encode())
    for jar in argv[argv.index("-cp") + 1].split(os.pathsep):
        status = os.stat(jar)
        digest.update(f"\0{status.st_size} {status.st_mtime_ns}".encode())
    return _FOLDER / f"classes-{digest.hexdigest()[:16]}.jsa"


def use(spec, archive):
    """The spec with the archive in it. A JVM that cannot use it is to keep quiet about it."""
    java, *rest = spec["argv"]
    return {**spec, "argv": [java, f"-XX:SharedArchiveFile={archive}", "-Xlog:cds*=off", *rest]}


def is_there(archive):
    """An empty file marks one that could not be made."""
    return archive.is_file() and archive.stat().st_size > 0


def make(spec, archive, say):
    """Lets a kernel run the usual cells and write down at its end what it has loaded."""
    from . import first_map, session

    say("Archiving the classes of the kernel, so that it starts sooner (once; a few seconds) …")
    java, *rest = spec["argv"]
    raw = Path(f"{archive}.{os.getpid()}")
    recording = {**spec, "argv": [java, f"-XX:ArchiveClassesAtExit={raw}", "-Xlog:cds*=off", *rest]}
    folder = places.WORK / "archive"
    files.write(folder / "java" / "kernel.json", json.dumps(recording))
    archive.parent.mkdir(parents=True, exist_ok=True)
    try:
        with session.Session(folder, places.WORK / "archive.log") as kernel:
            kernel.wait_until_ready()
            for code in first_map.CELLS_WITH_ARRAY.values():
                kernel.execute(code)
            for code in _ALSO:
                kernel.execute(code)
            status = kernel.exit()
        if status != 0 or not is_there(raw):
            raise session.CellError(f"the kernel ended with status {status} and wrote no archive")
        _clear(keep=raw)
        os.replace(raw, archive)
    except (session.CellError, OSError) as error:
        say(f"That failed, so kernels start as before: {error}")
        _clear()
        archive.touch()


_ALSO = (
    "var trained = Trainer.adam(1e-3).updates(2).batch(2).penalty(Penalty.hopwise(1e-3, 0.8, 10)).train(network, task);",
    "int letters = Figure.lines(trained.history().toTable(), \"update\", \"loss\").logY().svg().length();",
    "HopDecomposition.of(trained.weights(), 10).profile()",
)


def _clear(keep=None):
    """Archives of other jars or another Java serve nobody."""
    for other in _FOLDER.glob("classes-*.jsa*"):
        if other != keep:
            other.unlink(missing_ok=True)
