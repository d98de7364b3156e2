"""What environment/test does. Runs in the virtual environment."""

import os
import sys
import time
import unittest

from . import books, maven, places
from .commands import count, execute


def run(kit, second, kernel, say):
    """The build, the notebooks, the scripts, the browser; ends with one line of counts and returns the exit status."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for jdk in [kit, *([second] if second else [])]:
        if not _verify(jdk, say):
            say("The build failed; nothing else was tried.")
            say("0 passed, 1 failed")
            return 1
    name = kernel()
    _notebooks(name, counts, say)
    _unit_tests(counts, say)
    say("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    return 1 if counts["failed"] else 0


def _verify(jdk, say):
    say(f"== The build and its tests, Java {jdk.version}")
    started = time.monotonic()
    passed = maven.verify(jdk)
    say(f"Took {time.monotonic() - started:.0f} s.")
    return passed


def _notebooks(name, counts, say):
    notebooks = books.lessons() + books.figures()
    if not notebooks:
        say("== There are no notebooks, which is a failure.")
        counts["failed"] += 1
        return
    say(f"== {count(len(notebooks), 'notebook')} in the {name} kernel, QUICK")
    outcomes = execute(notebooks, places.ROOT / "target" / "test-figures", "quick")
    for outcome in outcomes:
        counts["failed" if outcome.error else "passed"] += 1
        if outcome.seconds > 60:
            say(f"{outcome.name} took {outcome.seconds:.0f} s; in QUICK a notebook should take at most 60.")


def _unit_tests(counts, say):
    say("== The environment's scripts and the browser")
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    tests = unittest.defaultTestLoader.discover(str(places.ENVIRONMENT / "tests"))
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(tests)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    counts["failed"] += failed
    counts["skipped"] += len(result.skipped)
    counts["passed"] += result.testsRun - failed - len(result.skipped)
