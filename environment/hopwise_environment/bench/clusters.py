"""environment/bench spark: sweeps and hops on a cluster of this machine, beside this machine alone."""

import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from .. import files, machine, maven, places, spark
from ..problem import Problem, say
from . import report

SOURCE = places.BENCHMARKS / "spark" / "SparkBench.java"
FOLDER = places.ROOT / "target" / "bench"
# Room for executors of 2.5 GiB.
_WORKERS = "3g"
# Trainings, empty turns beside them, edges beside one machine, edges alone; then what a quick run takes.
_FULL = {"trainings": 200, "turns": 3, "edges": 50_000_000, "large": 200_000_000, "memory": "2560m"}
_QUICK = {"trainings": 8, "turns": 1, "edges": 1_000_000, "large": 2_000_000, "memory": "1g"}


def run(jdk, quick):
    """Starts a cluster, times all rows on it, prints and keeps the table; returns its file."""
    sizes = _QUICK if quick else _FULL
    began = time.monotonic()
    spark.start(jdk, maven.spark_jars(), _WORKERS)
    try:
        found = {"cluster": time.monotonic() - began}
        for mode, size in (("sweeps", "trainings"), ("hops", "edges")):
            say(f"{mode}: {sizes[size]:,} {size} …")
            found[mode] = _ask(jdk, mode, sizes[size], sizes["turns"])
        say("a driver that is killed …")
        found["driver"] = _killed(jdk, max(8, sizes["trainings"] // 8))
        say(f"{sizes['large']:,} edges …")
        found["large"] = _ask(jdk, "large", sizes["large"], sizes["turns"], memory=sizes["memory"])
    finally:
        spark.stop()
    lines = table(found, sizes)
    file = (FOLDER / "quick" if quick else FOLDER) / "spark.md"
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    about = f"{time.strftime('%Y-%m-%d', time.gmtime())}, {machine.processor()}, Java {jdk.version}; master, workers and executors on this machine."
    files.write(file, f"{text}\n\n{about}\n")
    files.write(file.with_suffix(".json"), json.dumps({"sizes": sizes, **found}, indent=1) + "\n")
    say(f"{text}\n{about}\nKept in {places.shown(file)}")
    return file


def table(found, sizes):
    """The rows: what, its bar, what came out, and whether that is enough."""
    sweeps, hops, large, driver = (found[name] for name in ("sweeps", "hops", "large", "driver"))
    ratios = [there / here for there, here in zip(hops["there"], hops["here"])]
    start = found["cluster"] + sweeps["start"]
    lost = f"{'same table' if sweeps['lost same'] else 'another table'}, {sweeps['lost']}, {sweeps['lost seconds']:.1f} s"
    killed = f"{'same table' if driver['same'] else 'another table'}, {driver['first']}"
    rows = [
        (f"{sizes['trainings']} trainings, two executors of a core against two threads: time", "1.25 x", report.times, sweeps["wall"], 1.25),
        ("the same: processor time of driver and executors", "1.25 x", report.times, sweeps["processor"], 1.25),
        ("an empty run of 500, warm", "10 ms", report.duration, [sweeps["empty"]], 0.01),
        (f"a hop of {sizes['edges']:,} edges, two executors against one machine", "10 x", report.times, ratios, 10),
        ("from nothing to the first answer of two executors", "60 s", report.duration, [start], 60),
    ]
    lines = [("work", "bar", "measured", ""), ("---",) * 4]
    for what, bar, write, values, most in rows:
        measured = report.spread(values, write) if len(values) > 1 else write(values[0])
        lines.append((what, bar, measured, "bar" if statistics.median(values) <= most else "missed"))
    lines.insert(5, ("an executor killed in the middle", "same table, its run again", lost, "bar" if sweeps["lost same"] else "missed"))
    kept = driver["same"] and driver["first"].endswith("there already")
    lines.insert(6, ("the driver killed in the middle", "kept runs used, same table", killed, "bar" if kept else "missed"))
    hop = report.spread(large["there"]) if len(large["there"]) > 1 else report.duration(large["there"][0])
    lines.append((f"a hop of {sizes['large']:,} edges, executors of {sizes['memory']}", "", f"{hop}, filled in {report.duration(large['filled'])}", ""))
    return lines


def _command(jdk, mode, size, turns, *more, memory="1g"):
    options = [*spark.options(), f"-Dspark.executor.memory={memory}", "-Xmx2g", "--add-modules", "jdk.incubator.vector"]
    command = [jdk.java, *options, "-cp", os.pathsep.join(map(str, spark.jars())), SOURCE, mode, size, turns, *more]
    return list(map(str, command))


def _ask(jdk, *work, **more):
    """The numbers of one work, which a process of its own prints as JSON in its last line."""
    done = subprocess.run(_command(jdk, *work, **more), capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Problem(f"{work[0]} failed:\n" + "\n".join((done.stderr or done.stdout).strip().splitlines()[-8:]))
    return json.loads(done.stdout.strip().splitlines()[-1])


def _killed(jdk, runs):
    """What a second driver finds in the folder of one that was killed after three runs."""
    with tempfile.TemporaryDirectory() as folder:
        driver = subprocess.Popen(_command(jdk, "driver", runs, 0, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while driver.poll() is None and len(list(Path(folder).glob("run-*.json"))) < 3:
                time.sleep(0.02)
        finally:
            driver.kill()
            driver.wait()
        return _ask(jdk, "driver", runs, 0, folder)
