"""Turns times into lines, lines into tables, and keeps both."""

import json
import statistics

from .. import files
from . import contest, rows

HEADINGS = {"work": "work", "ours": "Hopwise", "peer": "against", "theirs": "its time", "ratio": "ratio"}
HEADINGS |= {"bar": "bar", "aim": "aim", "verdict": ""}


def line(work, ours, **more):
    """One line of the table; texts as they stand there."""
    return {**dict.fromkeys(HEADINGS, ""), "work": work, "ours": ours, **more}


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
    """A line a peer, or one of ours alone; a goal against several is set against the fastest of them."""
    per_unit = {name: [second / row.units for second in seconds] for name, seconds in measured.items()}
    lines = [seconds_line(row.title, per_unit[rows.OURS], *row.seconds)] if row.seconds else []
    for peer in (name for name in row.peers if name in measured):
        ratio = contest.ratios(per_unit[rows.OURS], per_unit[peer])
        reached = {}
        for goal in row.goals:
            there = [name for name in goal.peers if name in measured]
            if there and contest.fastest(measured, there) == peer:
                said = verdict(statistics.median(ratio), goal.bar, goal.aim)
                reached = {"bar": times(goal.bar), "aim": times(goal.aim), "verdict": said}
        theirs = {"peer": peer, "theirs": spread(per_unit[peer]), "ratio": spread(ratio, times)}
        lines.append(line(row.title, spread(per_unit[rows.OURS]), **theirs, **reached))
    return lines or [line(row.title, spread(per_unit[rows.OURS]))]


def peak_line(row, measured):
    """The share of the core's own peak at which the products of a row run, counting nothing but those products."""
    best = contest.fastest(measured, [name for name in measured if name != rows.OURS])
    flop = {rows.OURS: rows.product_flop(row.work), best: 2 * rows.PRODUCT["size"] ** 3}
    rates = {name: [flop[name] / second / 1e9 for second in measured[name]] for name in flop}
    share = statistics.median(rates[rows.OURS]) / statistics.median(rates[best])
    ours, theirs = (spread(rates[name], "{:.3g} GFLOP/s".format) for name in (rows.OURS, best))
    bar, aim = rows.PEAK_SHARE
    more = {"ratio": f"{share:.0%}", "bar": f"{bar:.0%}", "aim": f"{aim:.0%}", "verdict": verdict(share, bar, aim)}
    return line("share of the core's own matrix-product peak, 32-128-32", ours, peer=best, theirs=theirs, **more)


def seconds_line(title, seconds, bar, aim):
    reached = verdict(-statistics.median(seconds), -bar, -aim)
    return line(title, spread(seconds), bar=f"{bar:g} s", aim=f"{aim:g} s", verdict=reached)


def start_line(seconds):
    return seconds_line("kernel start to first influence map", seconds, *rows.START)


def plain(lines):
    """A table for the terminal, one block a line, since the lines are long."""
    blocks = []
    for each in lines:
        against = ", {peer} {theirs}".format(**each) if each["peer"] else ""
        ratio = f": {each['ratio']}" if each["ratio"] else ""
        goal = "  [{verdict}; bar {bar}, aim {aim}]".format(**each) if each["bar"] else ""
        blocks.append(f"{each['work']}\n    {rows.OURS} {each['ours']}{against}{ratio}{goal}")
    return "\n".join(blocks)


def markdown(lines, about):
    """The table for the README, with what it takes to judge it below."""
    cells = [HEADINGS.values(), ["---"] * len(HEADINGS), *(each.values() for each in lines)]
    return "\n".join([*("| " + " | ".join(row) + " |" for row in cells), "", about, ""])


def about(environment):
    """Date, processor and versions in one paragraph."""
    versions = ", ".join(f"{name} {version}" for name, version in sorted(environment["versions"].items()))
    clock = "Processor time, since the machine had other work. " if environment["clock"] == "processor" else ""
    return (
        f"{clock}{environment['date']}, {environment['processor']}; {versions}. "
        "Medians with ranges; ours and theirs alternate on the same cores, and a ratio is the median over the turns of "
        "their time over ours, with its range."
    )


def keep(folder, name, **record):
    """Everything of one row: where, when, all repetitions, and the lines of the table."""
    files.write(folder / f"{name}.json", json.dumps({"name": name, **record}, indent=1, ensure_ascii=False) + "\n")


def kept(folder):
    """The lines kept in a folder, in the order of the rows, and where and when they were measured."""
    paths = [folder / f"{name}.json" for name in rows.NAMES]
    records = [json.loads(path.read_text(encoding="utf-8")) for path in paths if path.is_file()]
    dates = sorted({record["date"] for record in records})
    return [each for record in records for each in record["lines"]], {
        "date": " to ".join(dates[:: max(1, len(dates) - 1)]),
        "processor": "; ".join(sorted({record["processor"] for record in records})),
        "clock": "processor" if any(record["clock"] == "processor" for record in records) else "seconds",
        "versions": {name: version for record in records for name, version in record["versions"].items()},
    }
