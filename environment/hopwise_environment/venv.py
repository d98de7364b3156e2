"""The private virtual environment with the pinned Python tools."""

import ctypes
import hashlib
import importlib.util
import shutil
import signal
import subprocess
import sys

from . import files, places
from .problem import Problem

_OWNED = places.VENV / "made-by-hopwise"
_DONE = places.VENV / "tools-installed"


def is_ready():
    """Whether the tools of the present requirements are installed completely, for this Python."""
    return (
        places.VENV_PYTHON.is_file()
        and _DONE.is_file()
        and _DONE.read_text(encoding="utf-8") == _fingerprint()
    )


def set_up(say):
    """Makes the environment anew; the mark that it is done is written last, so a half-made one is never used."""
    if is_ready():
        return
    _check_modules()
    if places.VENV.exists() and any(places.VENV.iterdir()) and not _OWNED.is_file():
        raise Problem(
            f"{places.VENV} exists but was not made by Hopwise. Move it away; Hopwise keeps its Python tools there."
        )
    say("Installing the Python tools into .venv (once; a minute or two) …")
    shutil.rmtree(places.VENV, ignore_errors=True)
    files.write(_OWNED, "environment/figures made this folder and may replace it.\n")
    log = places.WORK / "pip.log"
    run([sys.executable, "-m", "venv", str(places.VENV)], log, "Making the virtual environment failed")
    requirements = str(places.ENVIRONMENT / "requirements.txt")
    pip(["-r", requirements], log, attempts=3, retries=1)
    files.write(_DONE, _fingerprint())


def pip(arguments, log, attempts, retries, python=places.VENV_PYTHON):
    """Installs packages. A few short attempts beat one with many retries where part of an index is out of reach."""
    command = [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--retries", str(retries), "--timeout", "15", *arguments]
    for attempt in range(1, attempts + 1):
        try:
            return run(command, log, "Installing Python packages failed")
        except Problem:
            if attempt == attempts:
                raise


def run(command, log, failure, **options):
    """Runs a command with its output in a log; on failure says so with the last lines of the log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w", encoding="utf-8") as stream:
        status = subprocess.run(
            command,
            stdout=stream,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            preexec_fn=_end_with_parent,
            **options,
        ).returncode
    if status != 0:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        errors = [line for line in lines if "ERROR" in line][:12] or lines[-8:]
        raise Problem("\n  ".join([f"{failure}. All of it is in {places.shown(log)}; it says:", *errors]))


def _end_with_parent():
    """In the child: have the system end it when this process is killed, so that it cannot work on unseen (Linux)."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (OSError, AttributeError):
        pass


def _check_modules():
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Problem(
            f"This Python ({sys.executable}) cannot make virtual environments: its venv module is not complete. "
            f"Debian and Ubuntu: apt install python3-venv (or python3.{sys.version_info[1]}-venv), then try again."
        )


def _fingerprint():
    requirements = (places.ENVIRONMENT / "requirements.txt").read_bytes()
    return f"{hashlib.sha256(requirements).hexdigest()} python {sys.version_info[0]}.{sys.version_info[1]}\n"
