"""Commands whose output goes to a log, and whose failures come back in a few lines."""

import contextlib
import ctypes
import shutil
import signal
import subprocess

from . import places
from .problem import Problem


class Failure(Problem):
    """A command failed; said is all that it wrote."""

    def __init__(self, message, said):
        super().__init__(message)
        self.said = said


def run(command, log, failure, **options):
    """Runs a command with its output in a log; on failure says so with the last lines of the log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    settings = {"stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL, "preexec_fn": _end_with_parent, **options}
    with open(log, "w", encoding="utf-8") as stream:
        status = subprocess.run(list(map(str, command)), stdout=stream, **settings).returncode
    if status == 0:
        return
    said = log.read_text(encoding="utf-8", errors="replace").strip()
    if any(word in said for word in ("No space left on device", "quota exceeded")) or shutil.disk_usage(log).free < 2**20:
        raise Problem(f"{failure}: the disk is full. Make room (set-up takes about 700 MB) and try again.")
    errors = [line for line in said.splitlines() if "ERROR" in line][:12] or said.splitlines()[-8:]
    raise Failure("\n  ".join([f"{failure}. All of it is in {places.shown(log)}; it says:", *errors]), said)


@contextlib.contextmanager
def beside(command, log, **options):
    """Runs a command while the block goes on, with its output in a log; yields what waits for its end and returns its
    status. It ends with the block."""
    log.parent.mkdir(parents=True, exist_ok=True)
    settings = {"stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL, "preexec_fn": _end_with_parent, **options}
    with open(log, "w", encoding="utf-8") as stream:
        process = subprocess.Popen(list(map(str, command)), stdout=stream, **settings)
    try:
        yield process.wait
    finally:
        end(process)


def _end_with_parent():
    """In the child: have the system end it when this process is killed, so that it cannot work on unseen (Linux)."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (OSError, AttributeError):
        pass


def end(process, patience=5):
    """Ends a process that was started here: asked to, so that it clears up behind it, and by force if it does not."""
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
