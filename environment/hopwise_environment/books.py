"""Which notebooks there are and which are figures."""

import re

from . import places
from .problem import Problem

FAMILIES = ["fig", "supp", "real", "rm", "rms", "crit", "net", "low", "ctrnn"]
FIGURE = re.compile(rf"({'|'.join(FAMILIES)})\d+_[a-z0-9_]+")
LESSON = re.compile(r"\d\d_[a-z0-9_]+")
# The one that needs a cluster and a kernel with Spark: environment/spark run executes it.
ON_SPARK = "08_beyond_one_machine"


def order(stem):
    """The key that puts names in reading order."""
    word, number = re.match(r"([a-z]*)(\d+)", stem).groups()
    return (FAMILIES.index(word) if word else -1, int(number), stem)


def figures(folder=None):
    """The notebooks that make a figure, in reading order. The file's name is the figure's id."""
    return _matching(FIGURE, folder)


def lessons(folder=None):
    """The notebooks that teach, in order, but the one that needs a cluster."""
    return [path for path in _matching(LESSON, folder) if path.stem != ON_SPARK]


def _matching(pattern, folder):
    paths = (folder or places.NOTEBOOKS).glob("*.ipynb")
    return sorted((path for path in paths if pattern.fullmatch(path.stem)), key=lambda path: order(path.stem))


def select(ids, folder=None):
    """The figure notebooks of these ids, or all; an id may be given by its first word, such as fig1."""
    known = figures(folder)
    if not known:
        raise Problem(f"There is no figure notebook in {places.shown(folder or places.NOTEBOOKS)}.")
    if not ids:
        return known
    chosen = []
    for wanted in ids:
        found = [path for path in known if wanted in (path.stem, path.stem.split("_")[0])]
        if not found:
            names = "".join(f"\n  {path.stem}" for path in known)
            raise Problem(f"There is no figure '{wanted}'. The figures are:{names}", 2)
        chosen += [path for path in found if path not in chosen]
    return chosen
