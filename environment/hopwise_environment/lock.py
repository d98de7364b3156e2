"""One run at a time. The lock is the operating system's, so a killed run cannot leave it behind."""

import fcntl
import os

from . import places
from .problem import Problem

_HANDED_OVER = "HOPWISE_LOCK"


def take():
    """Takes the lock for the rest of this process's life; returns at once if an earlier stage handed it over."""
    if os.environ.get(_HANDED_OVER):
        return
    places.WORK.mkdir(parents=True, exist_ok=True)
    path = places.WORK / "lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.read(handle, 100).decode("ascii", "replace").strip() or "unknown"
        raise Problem(
            f"Another run is at work in this folder (process {owner}). Wait for it to end, or end it, and try again."
        ) from None
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode("ascii"))
    # Kept open across the switch to the virtual environment's Python, which is this same process.
    os.set_inheritable(handle, True)
    os.environ[_HANDED_OVER] = str(handle)


def accept_hand_over():
    """Keeps the lock from children, who must not hold it after this process has ended."""
    handle = os.environ.get(_HANDED_OVER)
    if handle:
        os.set_inheritable(int(handle), False)
