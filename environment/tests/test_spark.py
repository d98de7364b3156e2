"""The cluster of environment/spark: it is on loopback alone, a lesson runs on it, and nothing of it is left when it is stopped."""

import os
import re
import socket
import subprocess

import pytest

import context  # noqa: F401
from hopwise_environment import books, jdk, lessons, places, runner, spark
from hopwise_environment.bench import clusters

LESSON = next(path for path in lessons.sources() if path.stem == books.ON_SPARK)


def ask(action, *more, **variables):
    command = [places.ENVIRONMENT / "spark", action, *more]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env={**os.environ, **variables})


@pytest.fixture(scope="module")
def cluster():
    """Processes of a cluster, and what was said when it was started."""
    processes = []
    try:
        started = ask("start")
        assert started.returncode == 0, started.stderr
        processes = spark.running()
        yield processes, started.stdout
    finally:
        stopped = ask("stop")
    assert "The cluster is stopped." in stopped.stdout
    assert not any(process.is_running() for process in processes)
    assert "There is no cluster." in ask("stop").stdout


def test_a_cluster_is_on_loopback(cluster):
    processes, said = cluster
    assert len(processes) == 3
    host, port = said.split("spark://")[1].split()[0].split(":")
    assert spark.address() == f"spark://{host}:{port}"
    with socket.create_connection((host, int(port)), timeout=10):
        pass
    ends = [link.laddr for process in processes for link in process.net_connections() if link.laddr]
    assert int(port) in {end.port for end in ends}, "the connections were seen"
    assert {end.ip.removeprefix("::ffff:") for end in ends} <= {"127.0.0.1", "127.0.0.2"}
    again = ask("start")
    assert (again.returncode, "There is a cluster already" in again.stderr) == (1, True)


def shown(notebook):
    """What stands below the cells of an executed notebook, as text, a cell an entry."""
    outputs = [cell.get("outputs", []) for cell in notebook["cells"]]
    texts = [[output.get("text", output.get("data", {}).get("text/plain", "")) for output in each] for each in outputs]
    return ["".join("".join(text) for text in each) for each in texts]


def test_the_lesson_loses_an_executor_and_no_bit(cluster, tmp_path):
    path = tmp_path / LESSON.name
    path.write_text(lessons.write(lessons.tried(lessons.read(LESSON))), encoding="utf-8")
    ran = ask("run", path, HOPWISE_OUTPUT=str(tmp_path / "out"))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    untouched, solved = lessons.apart(lessons.read(tmp_path / "out" / "notebooks" / LESSON.name), lessons.read(LESSON))
    said = shown(untouched)
    assert [line for line in said if line.startswith("the same: ")] == ["the same: true\n"]
    lost = next(line for line in said if "executor lost" in line)
    assert re.match(r"1 executor lost, (1 run|0 runs) again\nthe same: true", lost)
    assert sum("'file' (StringReader)" in line for line in said) == 1
    assert list(lessons.verdicts(untouched).values()) == [False, False]
    assert list(solved.values()) == [True, True]


def test_the_lesson_says_what_to_do_without_spark(tmp_path):
    notebook = lessons.read(LESSON)
    asking = [cell for cell in notebook["cells"] if "spark.master" in lessons.text(cell)]
    path = tmp_path / LESSON.name
    path.write_text(lessons.write({**notebook, "cells": asking}), encoding="utf-8")
    outcome = runner.run([path], tmp_path / "out", "QUICK", 600)[0]
    assert "run environment/spark start, then environment/lab --spark" in outcome.error


def test_the_benchmark_compiles_and_its_table_has_every_bar(cluster, tmp_path):
    jars = os.pathsep.join(map(str, spark.jars()))
    command = [jdk.find().home / "bin" / "javac", "-proc:none", "-d", tmp_path, "-cp", jars, clusters.SOURCE]
    subprocess.run(list(map(str, command)), check=True, timeout=120)
    sweeps = {"start": 20, "wall": [1.1, 1.3, 1.2], "processor": [1.3, 1.4, 1.5], "empty": 0.005}
    sweeps |= {"lost": "1 executor lost, 1 run again", "lost seconds": 14, "lost same": True}
    hops = {"there": [0.6, 0.8], "here": [0.1, 0.1], "filled": 9}
    found = {"cluster": 15, "sweeps": sweeps, "hops": hops, "large": hops, "driver": {"same": True, "first": "3 there already"}}
    lines = clusters.table(found, {"trainings": 200, "edges": 50_000_000, "large": 200_000_000, "memory": "2560m"})
    assert [line[3] for line in lines[2:]] == ["bar", "missed", "bar", "bar", "bar", "bar", "bar", ""]
    assert lines[2][2] == "1.2 x (1.1 x to 1.3 x)" and lines[5][2] == "same table, 1 executor lost, 1 run again, 14.0 s"
    sweeps["lost same"] = False
    assert clusters.table(found, {"trainings": 1, "edges": 1, "large": 1, "memory": ""})[5][3] == "missed"


def test_a_notebook_is_named_for_run_and_for_nothing_else():
    assert ask("run").returncode == ask("stop", "x.ipynb").returncode == 2


def test_a_number_that_another_process_has_now_is_left_alone(tmp_path, monkeypatch):
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        monkeypatch.setattr(spark, "_PIDS", tmp_path / "processes.json")
        spark._PIDS.write_text(f"[{stranger.pid}]")
        assert spark.stop() is False
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
