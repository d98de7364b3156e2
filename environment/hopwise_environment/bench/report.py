"""Turns times into lines, lines into tables, and keeps both."""

import json
import statistics
from dataclasses import asdict, dataclass

from .. import files
from . import contest, rows


@dataclass(frozen=True)
class Line:
    """One line of the table; texts as they stand there."""

    work: str
    ours: str
    peer: str
    theirs: str
    ratio: str
    bar: str
    aim: str
    verdict: str


HEADINGS = ("work", "Hopwise", "against", "its time", "ratio", "bar", "aim", "")


def duration(seconds):
    """Three digits and a unit."""
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}" if seconds / size < 1000 else f"{seconds / size:,.0f} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def spread(values, write=duration):
    """The median, and from where to where."""
    return f"{write(statistics.median(values))} ({write(min(values))} to {write(max(values))})"


def times(number):
    return f"{number:.3g} x" if number < 10 else f"{number:.0f} x"


def verdict(value, bar, aim):
    """Larger is better."""
    return "aim" if value >= aim else "bar" if value >= bar else "missed"


def row_lines(row, measured):
    """A line a peer; a goal against several is set against the fastest of them."""
    lines = []
    ours = [second / row.units for second in measured[rows.OURS]]
    for peer in row.peers:
        if peer not in measured:
            continue
        theirs = [second / row.units for second in measured[peer]]
        ratio = contest.ratios(ours, theirs)
        goal = _goal(row, measured, peer)
        reached = ("", "", "")
        if goal:
            reached = (times(goal.bar), times(goal.aim), verdict(statistics.median(ratio), goal.bar, goal.aim))
        lines.append(Line(row.title, spread(ours), peer, spread(theirs), spread(ratio, times), *reached))
    return lines


def _goal(row, measured, peer):
    for goal in row.goals:
        there = [name for name in goal.peers if name in measured]
        if there and contest.fastest(measured, there) == peer:
            return goal
    return None


def peak_line(row, measured, products):
    """The share of the core's own peak at which the products of a row run, counting nothing but those products."""
    best = contest.fastest(products, list(products))
    flop = 2 * rows.PRODUCT["size"] ** 3
    ours = [row.flop / second / 1e9 for second in measured[rows.OURS]]
    theirs = [flop / second / 1e9 for second in products[best]]
    share = statistics.median(ours) / statistics.median(theirs)
    bar, aim = rows.PEAK_SHARE
    return Line(
        "share of the core's own matrix-product peak, 32-128-32",
        spread(ours, _gigaflops),
        best,
        spread(theirs, _gigaflops),
        f"{share:.0%}",
        f"{bar:.0%}",
        f"{aim:.0%}",
        verdict(share, bar, aim),
    )


def _gigaflops(value):
    return f"{value:.3g} GFLOP/s"


def start_line(seconds):
    bar, aim = rows.START
    median = statistics.median(seconds)
    reached = "aim" if median <= aim else "bar" if median <= bar else "missed"
    return Line("kernel start to first influence map", spread(seconds), "", "", "", f"{bar:g} s", f"{aim:g} s", reached)


def plain(lines):
    """A table for the terminal, one block a line, since the lines are long."""
    blocks = []
    for line in lines:
        against = f", {line.peer} {line.theirs}" if line.peer else ""
        ratio = f": {line.ratio}" if line.ratio else ""
        goal = f"  [{line.verdict}; bar {line.bar}, aim {line.aim}]" if line.bar else ""
        blocks.append(f"{line.work}\n    {rows.OURS} {line.ours}{against}{ratio}{goal}")
    return "\n".join(blocks)


def markdown(lines, about):
    """The table for the README, with what it takes to judge it below."""
    text = ["| " + " | ".join(HEADINGS) + " |", "|" + "---|" * len(HEADINGS)]
    text += ["| " + " | ".join(asdict(line).values()) + " |" for line in lines]
    return "\n".join([*text, "", about, ""])


def about(environment):
    """Date, processor and versions in one paragraph."""
    versions = ", ".join(f"{name} {version}" for name, version in sorted(environment["versions"].items()))
    clock = "Processor time, since the machine had other work. " if environment["clock"] == "processor" else ""
    return (
        f"{clock}{environment['date']}, {environment['processor']}; {versions}. "
        "Medians with ranges; ours and theirs alternate on the same cores, and a ratio is the median over the turns of "
        "their time over ours, with its range."
    )


def keep(folder, name, environment, content, lines):
    """Everything of one row: where, when, all repetitions, and the lines of the table."""
    record = {**environment, "name": name, **content, "lines": [asdict(line) for line in lines]}
    files.write(folder / f"{name}.json", json.dumps(record, indent=1, ensure_ascii=False) + "\n")


def kept(folder):
    """The lines kept in a folder, in the order of the rows, and where and when they were measured."""
    records = [json.loads(path.read_text(encoding="utf-8")) for path in map(folder.joinpath, _files()) if path.is_file()]
    dates = sorted({record["date"] for record in records})
    environment = {
        "date": " to ".join(dates[:: max(1, len(dates) - 1)]),
        "processor": "; ".join(sorted({record["processor"] for record in records})),
        "clock": "processor" if any(record["clock"] == "processor" for record in records) else "seconds",
        "versions": {name: version for record in records for name, version in record["versions"].items()},
    }
    return [Line(**line) for record in records for line in record["lines"]], environment


def _files():
    return [f"{name}.json" for name in rows.NAMES]
