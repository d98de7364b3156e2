"""What a figure leaves behind in a folder of results, and what is known about the run that made it."""

import csv
import hashlib
import io
import json
import shutil
import time

from . import files, machine, places
from .problem import Problem

SUFFIXES = (".png", ".svg", ".csv", ".json")


def snapshot(folder, figure):
    """How a figure's files stand, so that those which a run writes can be told from older ones."""
    pictures = [folder / (figure + suffix) for suffix in SUFFIXES]
    claims = (folder / "claims").glob(figure.split("_")[0] + "_*.csv")
    paths = [*pictures, *(folder / "tables" / figure).glob("*.csv"), *claims]
    return {path: _mark(path) for path in paths if path.is_file()}


def _mark(path):
    state = path.stat()
    return state.st_ino, state.st_mtime_ns, state.st_size


def _written(folder, figure, before):
    return sorted(path for path, mark in snapshot(folder, figure).items() if before.get(path) != mark and mark[2] > 0)


def not_renewed(folder, figure, before):
    """The names of a figure's files that are missing, empty, or as they were before the run."""
    written = _written(folder, figure, before)
    return [figure + suffix for suffix in SUFFIXES if folder / (figure + suffix) not in written]


def record(folder, figure, before, seconds, reference=None, resumed=False):
    """Writes what is known about a run that went well to runs/<id>.json; reference is where its tables came from, if they
    were read; resumed: the seconds are those since it went on."""
    written = _written(folder, figure, before)
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


def unfinished(notebook, profile, data=None):
    """Where the sweeps of this notebook as it is, with the data as they are, keep their runs until it is done, so that a
    killed one goes on where it was. Those of other states go: what their cells did is not known."""
    data = data or places.ROOT / "data"
    digest = hashlib.sha256(notebook.read_bytes())
    for path in sorted(path for path in data.rglob("*") if path.is_file() and "reference" not in path.parts):
        digest.update(str(path.relative_to(data)).encode() + path.read_bytes())
    name = f"{notebook.stem}-{profile.lower()}."
    here = places.WORK / "unfinished" / (name + digest.hexdigest()[:16])
    for other in here.parent.glob(name + "*"):
        if other != here:
            remove(other)
    return here


def remove(folder):
    """Removes a folder, if there is one."""
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def collect_claims(folder):
    """Joins claims/*.csv into claims.csv, with every column that any of them has. Returns the number of rows."""
    columns, rows = {}, []
    for path in sorted((folder / "claims").glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as stream:
            reader = csv.DictReader(stream)
            columns |= dict.fromkeys(reader.fieldnames or [])
            rows += reader
        if any(None in row for row in rows):
            raise Problem(f"{path} has more cells in a row than columns; claims.csv was not renewed. Make it anew.")
    if columns:
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        files.write(folder / "claims.csv", text.getvalue())
    return len(rows)
