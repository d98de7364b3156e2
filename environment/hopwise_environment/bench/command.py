"""environment/bench"""

import csv
import datetime
import io
import statistics
import subprocess
from contextlib import ExitStack
from pathlib import Path

from .. import files, first_map, machine, places
from ..problem import Problem, say
from . import contest, peers, report, rows

FOLDER = places.ROOT / "target" / "bench"
BEGIN, END = "<!-- table of environment/bench -->", "<!-- end of the table -->"
# Single precision over 50 updates, double precision over 10 hops; a simulation is chaotic, so only its variance agrees.
_SAME = {"training": 1e-3, "hops": 1e-9, "simulation": 0.05}


class Bench:
    """One run: how long a turn takes, how many there are, and with whom."""

    def __init__(self, jdk, quick, busy):
        self._jdk = jdk
        self._quick = quick
        self._clock = "processor" if busy else "seconds"
        self._seconds, self._repetitions, self._warm = (0.15, 3, 2.0) if quick else (0.7, 11, 3.0)
        self._there = peers.set_up()
        self._folder = FOLDER / "busy" if busy else FOLDER / "quick" if quick else FOLDER
        self._measured = {}
        peers.LOG.parent.mkdir(parents=True, exist_ok=True)
        peers.LOG.write_text("")

    def run(self, names, specs):
        """Runs these rows, prints and keeps them; returns the folder."""
        for row in rows.ROWS:
            if row.name in names:
                self._row(row)
        if "peak" in names:
            self._peak()
        if "start" in names:
            self._start(specs)
        if "cost" in names:
            self._cost()
        lines, environment = report.kept(self._folder)
        files.write(self._folder / "table.md", report.markdown(lines, report.about(environment)))
        say(report.about(environment))
        return self._folder

    def _row(self, row):
        times, about = self._contest(row.work, row.peers, row.cores, row.repetitions)
        self._measured[row.name] = times
        self._keep(row.name, {"work": row.work, "seconds": times, **about}, report.row_lines(row, times))

    def _contest(self, work, libraries, cores, repetitions=None, seconds=None):
        """Times of one piece of work, by us and by those libraries that are there."""
        repetitions = min(repetitions or self._repetitions, self._repetitions)
        with ExitStack() as stack:
            names = [rows.OURS, *(name for name in libraries if name in self._there)]
            sides = [stack.enter_context(peers.contestant(name, cores, self._jdk, self._clock)) for name in names]
            for side in sides:
                side.prepare(work)
            differences = _differences(sides, work)
            times = contest.alternate(sides, seconds or self._seconds, repetitions, self._warm)
            versions = {name: version for side in sides for name, version in side.versions.items()}
            memory = {side.name: side.peak_mib for side in sides}
        return times, {"versions": versions, "differences": differences, "peak MiB": memory}

    def _peak(self):
        row = next(row for row in rows.ROWS if row.name == "middle")
        names = [name for name in rows.PEAK_PEERS if name in self._there]
        with ExitStack() as stack:
            ours = stack.enter_context(peers.contestant(rows.OURS, 1, self._jdk, self._clock))
            sides = [stack.enter_context(peers.contestant(name, 1, self._jdk, self._clock)) for name in names]
            ours.prepare(row.work)
            for side in sides:
                side.prepare(rows.PRODUCT)
            times = contest.alternate([ours, *sides], self._seconds, self._repetitions, self._warm)
            versions = {name: version for side in (ours, *sides) for name, version in side.versions.items()}
        products = {name: times[name] for name in names}
        line = report.peak_line(row, times, products)
        self._keep("peak", {"work": [row.work, rows.PRODUCT], "seconds": times, "versions": versions}, [line])

    def _start(self, specs):
        phases = [first_map.measure(specs) for _ in range(3 if self._quick else 7)]
        line = report.start_line([phase["total"] for phase in phases])
        medians = {name: statistics.median(phase[name] for phase in phases) for name in phases[0]}
        self._keep("start", {"seconds": phases, "medians": medians, "versions": {"Java": self._jdk.version}}, [line])
        say("    " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in medians.items()))

    def _cost(self):
        """Costs against sizes; a picture and no lines."""
        points = []
        for curve in rows.CURVES:
            say(f"cost against {curve.size}")
            sizes = list(curve.points)[:2] if self._quick else list(curve.points)
            for size in sizes:
                times, _ = self._contest(curve.points[size], curve.peers, 1, 3, 0.3)
                points += [(curve.panel, curve.size, size, name, *_range(seconds)) for name, seconds in times.items()]
        table, picture = self._folder / "cost.csv", self._folder / "cost.png"
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("panel", "size", "value", "library", "seconds", "low", "high"))
        writer.writerows(points)
        files.write(table, text.getvalue())
        peers.draw(self._jdk, table, picture, "FULL" if self._folder == FOLDER else "QUICK")
        say(f"Drawn to {places.shown(picture)}")

    def _keep(self, name, content, lines):
        environment = {
            "date": datetime.date.today().isoformat(),
            "processor": machine.processor(),
            "quick": self._quick,
            "clock": self._clock,
        }
        report.keep(self._folder, name, environment, content, lines)
        say(report.plain(lines))


def _range(seconds):
    return statistics.median(seconds), min(seconds), max(seconds)


def _differences(sides, work):
    """How far the results of the others are from ours; another result would mean another work."""
    ours, *others = (side.check() for side in sides)
    differences = {}
    for side, theirs in zip(sides[1:], others):
        difference = contest.largest_difference(ours, theirs)
        if not difference <= _SAME[work["work"]]:
            raise Problem(f"{side.name} and {rows.OURS} do not compute the same: {difference:.2g} apart in {work}.")
        differences[side.name] = difference
    return differences


def jmh(jdk, pattern):
    """Single pieces, by JMH; returns its exit status."""
    command = [*peers.pin(1), *peers.java(jdk, "org.openjdk.jmh.Main"), pattern]
    FOLDER.mkdir(parents=True, exist_ok=True)
    command += ["-rf", "json", "-rff", str(FOLDER / "jmh.json")]
    return subprocess.run(list(map(str, command))).returncode


def choose(names, quick):
    """Row names as asked for; all if none is, without the long ones in a quick run."""
    unknown = [name for name in names if name not in rows.NAMES]
    if unknown:
        raise Problem(f"There is no row {', '.join(unknown)}. Rows: {', '.join(rows.NAMES)}.", 2)
    long = {row.name for row in rows.ROWS if not row.quick}
    return list(names) or [name for name in rows.NAMES if not (quick and (name in long or name == "cost"))]


def write_markdown(folder, path):
    """Puts the table into a file: between the two marks where the file has them, else as the whole of it."""
    table = (folder / "table.md").read_text(encoding="utf-8")
    path = Path(path)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if BEGIN in text and END in text:
        before, rest = text.split(BEGIN, 1)
        table = f"{before}{BEGIN}\n{table}{END}{rest.split(END, 1)[1]}"
    elif text and not text.startswith("| "):
        raise Problem(f"{path} has text but no place for the table; put the lines '{BEGIN}' and '{END}' there.", 2)
    files.write(path, table)
