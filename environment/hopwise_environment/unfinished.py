"""Where the sweeps of a notebook keep their runs until it is done, so that a killed one goes on where it was."""

import hashlib
import shutil

from . import places

VARIABLE = "HOPWISE_UNFINISHED"


def folder(notebook, profile, data=None):
    """The folder of this notebook as it is, with the data as they are. Those of other states go: what their cells did
    is not known."""
    name = f"{notebook.stem}-{profile.lower()}"
    here = places.WORK / "unfinished" / f"{name}.{_state(notebook, data or places.ROOT / 'data')}"
    for other in here.parent.glob(name + ".*"):
        if other != here:
            shutil.rmtree(other)
    return here


def _state(notebook, data):
    digest = hashlib.sha256(notebook.read_bytes())
    for path in sorted(path for path in data.rglob("*") if path.is_file() and "reference" not in path.parts):
        digest.update(str(path.relative_to(data)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
