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
# Single precision over 50 updates, double precision over 10 hops; a simulation is chaotic, so only its variance agrees. A bound
# comes from particles that each library draws for itself.
SAME = {"training": 1e-3, "hops": 1e-9, "simulation": 0.05, "lattice": 1e-9, "metrics": 1e-6, "low rank": 0.02, "rewiring": 1e-9, "radius": 1e-6}


class Bench:
    """One run: how long a turn takes, how many there are, and with whom."""

    def __init__(self, jdk, quick, busy):
        self._jdk, self._quick = jdk, quick
        self._clock = "processor" if busy else "seconds"
        self._seconds, self._repetitions, self._warm = (0.15, 3, 2.0) if quick else (0.7, 11, 3.0)
        self._there = peers.set_up()
        self._folder = FOLDER / "busy" if busy else FOLDER / "quick" if quick else FOLDER
        files.write(peers.LOG, "")

    def run(self, names, specs):
        """Runs these rows, prints and keeps them; returns the folder."""
        for row in (row for row in rows.ROWS if row.name in names):
            works = dict.fromkeys([rows.OURS, *row.peers], row.work)
            times, about = self._contest(works, row.cores, row.repetitions)
            self._keep(row.name, report.row_lines(row, times), work=row.work, seconds=times, **about)
        if "peak" in names:
            row = next(row for row in rows.ROWS if row.name == "middle")
            times, about = self._contest({rows.OURS: row.work, **dict.fromkeys(rows.PEAK_PEERS, rows.PRODUCT)})
            self._keep("peak", [report.peak_line(row, times)], work=[row.work, rows.PRODUCT], seconds=times, **about)
        if "start" in names:
            phases = [first_map.measure(specs) for _ in range(3 if self._quick else 7)]
            medians = {name: statistics.median(phase[name] for phase in phases) for name in phases[0]}
            line = report.start_line([phase["total"] for phase in phases])
            self._keep("start", [line], seconds=phases, medians=medians, versions={"Java": self._jdk.version})
            say("    " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in medians.items()))
        if "cost" in names:
            self._cost()
        lines, environment = report.kept(self._folder)
        files.write(self._folder / "table.md", report.markdown(lines, report.about(environment)))
        say(report.about(environment))
        return self._folder

    def _contest(self, works, cores=1, repetitions=None, seconds=None):
        """Times of each one's work, by those libraries that are there; where all do the same work, with the same result."""
        with ExitStack() as stack:
            names = [name for name in works if name in (rows.OURS, *self._there)]
            sides = [stack.enter_context(peers.contestant(name, cores, self._jdk, self._clock)) for name in names]
            for side in sides:
                side.prepare(works[side.name])
            is_same = all(work == works[rows.OURS] for work in works.values())
            differences = _differences(sides, works[rows.OURS]) if is_same else {}
            turns = min(repetitions or self._repetitions, self._repetitions)
            times = contest.alternate(sides, seconds or self._seconds, turns, self._warm)
            versions = {name: version for side in sides for name, version in side.versions.items()}
            memory = {side.name: side.peak_mib for side in sides}
        return times, {"versions": versions, "differences": differences, "peak MiB": memory}

    def _cost(self):
        """Costs against sizes; a picture and no lines."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("panel", "size", "value", "library", "seconds", "low", "high"))
        for panel, size, libraries, points in rows.CURVES:
            say(f"cost against {size}")
            for value, work in list(points.items())[: 2 if self._quick else None]:
                times, _ = self._contest(dict.fromkeys([rows.OURS, *libraries], work), 1, 3, 0.3)
                for name, seconds in times.items():
                    writer.writerow((panel, size, value, name, statistics.median(seconds), min(seconds), max(seconds)))
        table, picture = self._folder / "cost.csv", self._folder / "cost.png"
        files.write(table, text.getvalue())
        peers.draw(self._jdk, table, picture, "FULL" if self._folder == FOLDER else "QUICK")
        say(f"Drawn to {places.shown(picture)}")

    def _keep(self, name, lines, **record):
        here = {"date": datetime.date.today().isoformat(), "processor": machine.processor()}
        report.keep(self._folder, name, **here, quick=self._quick, clock=self._clock, **record, lines=lines)
        say(report.plain(lines))


def _differences(sides, work):
    """How far the results of the others are from ours; another result would mean another work."""
    ours, *others = (side.check() for side in sides)
    differences = {side.name: contest.largest_difference(ours, theirs) for side, theirs in zip(sides[1:], others)}
    for name, difference in differences.items():
        if not difference <= SAME[work["work"]]:
            raise Problem(f"{name} and {rows.OURS} do not compute the same: {difference:.2g} apart in {work}.")
    return differences


def jmh(jdk, pattern):
    """Single pieces, by JMH; returns its exit status."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = [*peers.pin(1), *peers.java(jdk, "org.openjdk.jmh.Main"), pattern, "-rf", "json", "-rff", FOLDER / "jmh.json"]
    return subprocess.run(list(map(str, command))).returncode


def choose(names, quick):
    """Row names as asked for; all if none is, without the long ones in a quick run."""
    unknown = [name for name in names if name not in rows.NAMES]
    if unknown:
        raise Problem(f"There is no row {', '.join(unknown)}. Rows: {', '.join(rows.NAMES)}.", 2)
    long = {"cost", *(row.name for row in rows.ROWS if not row.quick)}
    return list(names) or [name for name in rows.NAMES if not (quick and name in long)]


def write_markdown(folder, path):
    """Puts the table into a file: between the two marks where the file has them, else as the whole of it."""
    table = (folder / "table.md").read_text(encoding="utf-8")
    path = Path(path)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if BEGIN in text and END in text:
        table = f"{text.split(BEGIN)[0]}{BEGIN}\n{table}{END}{text.split(END, 1)[1]}"
    elif text and not text.startswith("| "):
        raise Problem(f"{path} has text but no place for the table; put the lines '{BEGIN}' and '{END}' there.", 2)
    files.write(path, table)
