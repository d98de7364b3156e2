"""Contestants are processes that answer lines of JSON with lines of JSON; a contest lets them take turns."""

import json
import statistics
import subprocess

import psutil

from ..problem import Problem

_MOST_WARMING = 40
# Seconds: a cold start does not take so long, so the work itself does, and once is warm enough.
_LONG = 10


class Contestant:
    """One library, waiting for its turns. Ended with the block."""

    def __init__(self, name, command, environment, log, changes=None, clock="seconds"):
        self.name = name
        self._command = command
        self._environment = environment
        self._log = log
        self._changes = changes or {}
        self._clock = clock
        self.versions = {}
        self.peak_mib = 0

    def __enter__(self):
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(
                list(map(str, self._command)),
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
            )
        return self

    def __exit__(self, *error):
        self._process.kill()
        self._process.communicate()

    def prepare(self, work):
        self.versions = self._ask({**work, **self._changes, "do": "prepare"})["versions"]

    def run(self, count):
        """The seconds that it takes to do the work so many times, by the clock or of the processor."""
        return self._ask({"do": "run", "count": count})[self._clock]

    def check(self):
        return self._ask({"do": "check"})["values"]

    def _ask(self, request):
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except OSError:
            line = ""
        if not line:
            lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise Problem("\n  ".join([f"{self.name} ended in the middle of its work. Its last words:", *lines[-6:]]))
        self.peak_mib = max(self.peak_mib, psutil.Process(self._process.pid).memory_info().rss // 2**20)
        return json.loads(line)


def calibrate(contestant, seconds, warm):
    """How often to do the work in one turn, so that a turn takes about as long as asked.

    Warms up at least so long, and on until a turn is no longer clearly faster than the one before: compilers are at work.
    """
    count, taken = 1, contestant.run(1)
    spent, each = taken, taken
    for _ in range(_MOST_WARMING):
        count = max(1, min(20 * count, round(count * seconds / max(taken, 1e-6))))
        if each > _LONG:
            break
        before, taken = each, contestant.run(count)
        each = taken / count
        spent += taken
        if taken >= seconds / 2 and spent >= warm and each > 0.9 * before:
            break
    return max(1, round(seconds / each))


def alternate(contestants, seconds, repetitions, warm=0.0):
    """Seconds of one piece of work for each contestant, in each repetition. Who begins changes from turn to turn."""
    counts = {contestant.name: calibrate(contestant, seconds, warm) for contestant in contestants}
    times = {contestant.name: [] for contestant in contestants}
    for repetition in range(repetitions):
        first = repetition % len(contestants)
        for contestant in (*contestants[first:], *contestants[:first]):
            count = counts[contestant.name]
            times[contestant.name].append(contestant.run(count) / count)
    return times


def ratios(ours, theirs):
    """Theirs over ours, turn by turn: a machine that slows down slows down both sides of a turn."""
    return [their / our for our, their in zip(ours, theirs, strict=True)]


def fastest(times, names):
    """The one of these with the smallest median."""
    return min(names, key=lambda name: statistics.median(times[name]))


def largest_difference(ours, theirs):
    """The largest difference of two lists of numbers, as a share of the largest modulus among them."""
    if len(ours) != len(theirs):
        return float("inf")
    scale = max(map(abs, (*ours, *theirs)), default=0) or 1
    return max((abs(our - their) / scale for our, their in zip(ours, theirs)), default=0)
