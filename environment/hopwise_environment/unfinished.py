"""Where the sweeps of a notebook keep their runs until it is done, so that a killed one goes on where it was."""

import hashlib
import shutil

from . import places

VARIABLE = "HOPWISE_UNFINISHED"


def folder(notebook, profile, data=None):
    """The folder of this notebook as it is, with the data as they are. Those of other states go: what their cells did
    is not known."""
    here = _base(notebook, profile).with_suffix("." + _state(notebook, data or places.ROOT / "data"))
    for other in here.parent.glob(_base(notebook, profile).name + ".*"):
        if other != here:
            shutil.rmtree(other)
    return here


def done(notebook, profile):
    """The notebook ran to its end: nothing is left to go on with."""
    for old in _base(notebook, profile).parent.glob(_base(notebook, profile).name + ".*"):
        shutil.rmtree(old)


def _base(notebook, profile):
    return places.WORK / "unfinished" / f"{notebook.stem}-{profile.lower()}"


def _state(notebook, data):
    digest = hashlib.sha256(notebook.read_bytes())
    for path in sorted(path for path in data.rglob("*") if path.is_file() and "reference" not in path.parts):
        digest.update(str(path.relative_to(data)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
