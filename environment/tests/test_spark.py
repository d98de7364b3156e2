"""The cluster of environment/spark: it is on loopback alone, and nothing of it is left when it is stopped."""

import socket
import subprocess

import context  # noqa: F401
from hopwise_environment import places, spark


def ask(action):
    return subprocess.run([places.ENVIRONMENT / "spark", action], capture_output=True, text=True, timeout=300)


def test_a_cluster_is_on_loopback_and_stops_without_a_trace():
    processes = []
    try:
        started = ask("start")
        assert started.returncode == 0, started.stderr
        processes = spark.running()
        assert len(processes) == 3
        host, port = started.stdout.split("spark://")[1].split()[0].split(":")
        with socket.create_connection((host, int(port)), timeout=10):
            pass
        ends = [link.laddr for process in processes for link in process.net_connections() if link.laddr]
        assert int(port) in {end.port for end in ends}, "the connections were seen"
        assert {end.ip.removeprefix("::ffff:") for end in ends} <= {"127.0.0.1", "127.0.0.2"}
        again = ask("start")
        assert (again.returncode, "There is a cluster already" in again.stderr) == (1, True)
    finally:
        stopped = ask("stop")
    assert "The cluster is stopped." in stopped.stdout
    assert not any(process.is_running() for process in processes)
    assert "There is no cluster." in ask("stop").stdout


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
