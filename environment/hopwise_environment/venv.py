"""The private virtual environment with the pinned kernel and Python tools. Needs the standard library only."""

import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys

from . import files, places
from .problem import Problem, say
from .processes import Failure, run

# The first that knows the names of today's wheels.
OLDEST_PIP = (20, 3)
_OWNED = places.VENV / "made-by-hopwise"
_DONE = places.VENV / "tools-installed"
_REQUIREMENTS = places.ENVIRONMENT / "requirements.txt"


def is_ready():
    """Whether the tools of the present requirements are installed completely, for this Python."""
    return places.VENV_PYTHON.is_file() and _DONE.is_file() and _DONE.read_text(encoding="utf-8") == _fingerprint()


def set_up():
    """Makes the environment anew, unless it is ready."""
    if is_ready():
        return
    if places.VENV.exists() and any(places.VENV.iterdir()) and not _OWNED.is_file():
        raise Problem(f"{places.VENV} was not made by Hopwise, which keeps its tools there. Move it away and try again.")
    say("Installing the Java kernel and the Python tools into .venv (once; a minute or two) …")
    log = places.WORK / "pip.log"
    make(places.VENV, log)
    pip(["-r", _REQUIREMENTS], log)
    # Written last, so a half-made environment is never used.
    files.write(_DONE, _fingerprint())


def make(folder, log):
    """An empty environment in place of what is there."""
    if ":" in str(folder):
        raise Problem(f"The path {folder} has a colon, which separates paths. Move this folder to a path without one.")
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Problem(
            f"This Python ({sys.executable}) cannot make virtual environments: its venv module is not complete. "
            f"Debian and Ubuntu: apt install python3-venv (or python3.{sys.version_info[1]}-venv), then try again."
        )
    shutil.rmtree(folder, ignore_errors=True)
    files.write(folder / _OWNED.name, "Hopwise made this folder and may replace it.\n")
    run([sys.executable, "-m", "venv", folder], log, "Making the virtual environment failed")


def pip(arguments, log, python=places.VENV_PYTHON):
    """Installs packages. A few short attempts beat one with many retries where part of an index is out of reach."""
    command = [python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--retries", "1", "--timeout", "15"]
    if _pip_version(python) < OLDEST_PIP:
        _install([*command, f"pip>={'.'.join(map(str, OLDEST_PIP))}"], log, "pip is too old for today's packages, and renewing it failed")
    for attempt in (1, 2, 3):
        try:
            return _install([*command, *arguments], log, "Installing Python packages failed")
        except Failure as failure:
            if attempt == 3:
                raise failure


def _install(command, log, failure):
    try:
        run(command, log, failure)
    except Failure as error:
        missing = re.search(r"No matching distribution found for (\S+)", error.said)
        if missing:
            what = missing[1] + (", the Java kernel" if missing[1].startswith("jjava") else "")
            raise Failure(
                f"{failure}: pip cannot find {what}. Let pip reach PyPI, or name an index or a folder that has it "
                f"(PIP_INDEX_URL, PIP_FIND_LINKS), and try again; {places.shown(log)} has what pip said.",
                error.said,
            ) from error
        raise


def _pip_version(python):
    answer = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, text=True).stdout
    return tuple(map(int, re.findall(r"\d+", answer)[:2]))


def _fingerprint():
    """Of the requirements, of this Python and of this place, since scripts in an environment name it."""
    return hashlib.sha256(_REQUIREMENTS.read_bytes() + f"{sys.version_info[:2]} {places.VENV}".encode()).hexdigest() + "\n"
