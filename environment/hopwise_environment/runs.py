"""What is known about the run that made a figure: runs/<id>.json beside the figure."""

import hashlib
import json
import time

from . import files, machine


def snapshot(folder, figure):
    """How the tables and claims stand, so that those which a run writes can be told from older ones."""
    paths = [*(folder / "tables" / figure).glob("*.csv"), *(folder / "claims").glob("*.csv")]
    return {path: _mark(path) for path in paths}


def _mark(path):
    state = path.stat()
    return state.st_ino, state.st_mtime_ns, state.st_size


def record(folder, figure, before, seconds, reference=None, resumed=False):
    """Writes what is known about a run that went well; reference is where its tables came from, if they were read;
    resumed: the seconds are those since it went on."""
    written = sorted(path for path, mark in snapshot(folder, figure).items() if before.get(path) != mark)
    run = {
        "figure": figure,
        "profile": json.loads((folder / f"{figure}.json").read_text(encoding="utf-8"))["profile"],
        "seconds": round(seconds, 1),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "machine": machine.words(),
        "tables": [path.stem for path in written if path.parent.name == figure],
        "claims": [path.stem for path in written if path.parent.name == "claims"],
        "picture": _digest(folder, figure),
    }
    if resumed:
        run["resumed"] = True
    if reference and run["tables"]:
        run["reference"] = reference
    files.write(folder / "runs" / f"{figure}.json", json.dumps(run, indent=2, ensure_ascii=False) + "\n")


def read(folder, figure):
    """What is known about the run that made the picture as it is now; None if nothing is, or if it was made since."""
    try:
        run = json.loads((folder / "runs" / f"{figure}.json").read_text(encoding="utf-8"))
        return run if run["picture"] == _digest(folder, figure) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _digest(folder, figure):
    return hashlib.sha256((folder / f"{figure}.png").read_bytes()).hexdigest()
