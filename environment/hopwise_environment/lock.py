"""One run at a time. The lock is the operating system's, so a killed run cannot leave it behind."""

import fcntl
import os

from . import places
from .problem import Problem

_HANDED_OVER = "HOPWISE_LOCK"
_handle = None


def take():
    """Takes the lock until this process ends, or the one that an earlier stage of this same process handed over."""
    global _handle
    handed = os.environ.pop(_HANDED_OVER, "")
    if handed:
        _handle = int(handed)
        # Children must not hold the lock when this process has ended.
        os.set_inheritable(_handle, False)
        return
    places.WORK.mkdir(parents=True, exist_ok=True)
    handle = os.open(places.WORK / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.read(handle, 100).decode("ascii", "replace").strip() or "unknown"
        raise Problem(
            f"Another run is at work in this folder (process {owner}). Wait for it to end, or end it, and try again."
        ) from None
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode("ascii"))
    _handle = handle


def hand_over():
    """Lets the lock outlive a change of program within this process."""
    os.set_inheritable(_handle, True)
    os.environ[_HANDED_OVER] = str(_handle)


def release():
    """Gives the lock up early."""
    os.close(_handle)
