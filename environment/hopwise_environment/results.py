"""What a figure leaves behind, and the table of all claims."""

import csv
import io

from . import files
from .problem import Problem

SUFFIXES = (".png", ".svg", ".csv", ".json")


def snapshot(folder, figure):
    """How a figure's files stand; two snapshots that share an entry show a file that was not written in between."""
    marks = {}
    for suffix in SUFFIXES:
        path = folder / (figure + suffix)
        if path.is_file():
            state = path.stat()
            marks[path.name] = (state.st_ino, state.st_mtime_ns, state.st_size)
    return marks


def not_renewed(folder, figure, before):
    """The names of a figure's files that are missing, empty, or as they were before the run."""
    after = snapshot(folder, figure)
    names = [figure + suffix for suffix in SUFFIXES]
    return [name for name in names if name not in after or after[name][2] == 0 or after[name] == before.get(name)]


def collect_claims(folder):
    """Joins claims/*.csv into claims.csv, with every column that any of them has. Returns the number of claims."""
    columns, rows = [], []
    for path in sorted((folder / "claims").glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as stream:
            reader = csv.DictReader(stream)
            columns += [name for name in reader.fieldnames or [] if name not in columns]
            for row in reader:
                if None in row:
                    raise Problem(f"{path} has more cells in a row than columns; claims.csv was not renewed.")
                rows.append(row)
    if columns:
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        files.write(folder / "claims.csv", text.getvalue())
    return len(rows)
