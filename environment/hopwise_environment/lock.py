"""One command at a time. The lock is the operating system's, so a killed command cannot leave it behind."""

import fcntl
import os

from . import places
from .problem import Problem


class Busy(Problem):
    """Another command is at work."""


def take():
    """Takes the lock; it is gone with the returned file, and with this process."""
    places.WORK.mkdir(parents=True, exist_ok=True)
    held = open(places.WORK / "lock", "a+", encoding="ascii")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.seek(0)
        owner = held.read().strip() or "unknown"
        raise Busy(
            f"Another command is at work in this folder (process {owner}). Wait for it to end, or end it, and try again."
        ) from None
    held.truncate(0)
    held.write(str(os.getpid()))
    held.flush()
    return held
