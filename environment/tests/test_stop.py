"""Ctrl-C in the middle of a cell, and a runner that is killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import context
import nbformat
import psutil
import pytest
from hopwise_environment import kernels

RUN = """
import signal, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from hopwise_environment import runner, start
signal.signal(signal.SIGTERM, start._stop)
# Where the tests run in the background of a shell, it is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
start._run = lambda *asked: runner.run([Path(sys.argv[2])], Path(sys.argv[2]).parent / "out", "QUICK", warm=sys.argv[3] == "warm")
sys.exit(start.main(["classpath"]))
"""


@pytest.mark.parametrize("kind", ["fresh", "warm"])
def test_ctrl_c_ends_the_run_and_its_kernel(tmp_path, kind):
    with running(tmp_path, kind) as (run, kernel):
        run.send_signal(signal.SIGINT)
        assert run.wait(60) == 130
        assert "Stopped." in run.stderr.read()
    assert not kernel.is_running()


def test_a_host_ends_with_a_runner_that_is_killed(tmp_path):
    with running(tmp_path, "warm") as (run, kernel):
        run.kill()
    assert kernel.wait(30) is None


@contextlib.contextmanager
def running(tmp_path, kind):
    """A run that is in an endless cell, and its kernel."""
    mark = tmp_path / "begun"
    cell = f'java.nio.file.Files.createFile(java.nio.file.Path.of("{mark}")); while (true) {{ }}'
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    path = tmp_path / "01_endless.ipynb"
    nbformat.write(book, path)
    command = [sys.executable, "-c", RUN, str(context.HERE.parent), str(path), kind]
    with subprocess.Popen(command, env={**os.environ, **kernels.VARIABLES}, stderr=subprocess.PIPE, text=True) as run:
        while not mark.exists():
            assert run.poll() is None, run.stderr.read()
            time.sleep(0.1)
        kernel = next(child for child in psutil.Process(run.pid).children(recursive=True) if "java" in child.name())
        yield run, kernel
