"""Where a command begins: in the system's Python, which sets up the virtual environment's and goes on in that."""

import os
import signal
import sys

from . import jdk, lock, options, places, problem, venv


def main(arguments):
    """Runs a command; returns the exit status."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        return _run(options.parse(arguments), arguments)
    except problem.Problem as fault:
        print(fault, file=sys.stderr)
        return fault.status
    except OSError as error:
        print(problem.of_file(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _run(asked, arguments):
    kit = jdk.find(asked.java)
    # Java and Maven name files in the locale's letters; in the plain one a folder with an umlaut could not be read.
    if sys.platform == "linux" and "UTF-8" not in _locale().upper().replace("UTF8", "UTF-8"):
        os.environ["LC_ALL"] = "C.UTF-8"
    if not venv.is_ready():
        with lock.take():
            venv.set_up()
    if os.path.realpath(sys.prefix) != os.path.realpath(places.VENV):
        run = [str(places.VENV_PYTHON), str(places.ENVIRONMENT / "run.py"), *arguments]
        sys.stdout.flush()
        os.execv(run[0], run)
    from . import commands

    return getattr(commands, asked.command)(asked, kit)


def _locale():
    return next((os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), "")


def _stop(number, frame):
    """Being told to end is the same as Ctrl-C: what was started is ended too."""
    raise KeyboardInterrupt
