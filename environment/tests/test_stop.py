"""Ctrl-C in the middle of a cell."""

import os
import signal
import subprocess
import sys
import time

import context
import nbformat
import psutil
from hopwise_environment import kernels

RUN = """
import signal, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from hopwise_environment import runner, start
signal.signal(signal.SIGTERM, start._stop)
# Where the tests run in the background of a shell, it is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
start._run = lambda *asked: runner.run([Path(sys.argv[2])], Path(sys.argv[2]).parent / "out", "QUICK")
sys.exit(start.main(["classpath"]))
"""


def test_ctrl_c_ends_the_run_and_its_kernel(tmp_path):
    mark = tmp_path / "begun"
    cell = f'java.nio.file.Files.createFile(java.nio.file.Path.of("{mark}")); while (true) {{ }}'
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    path = tmp_path / "01_endless.ipynb"
    nbformat.write(book, path)
    command = [sys.executable, "-c", RUN, str(context.HERE.parent), str(path)]
    with subprocess.Popen(command, env={**os.environ, **kernels.VARIABLES}, stderr=subprocess.PIPE, text=True) as run:
        while not mark.exists():
            assert run.poll() is None, run.stderr.read()
            time.sleep(0.1)
        kernel = next(child for child in psutil.Process(run.pid).children(recursive=True) if "java" in child.name())
        run.send_signal(signal.SIGINT)
        assert run.wait(60) == 130
        assert "Stopped." in run.stderr.read()
    assert not kernel.is_running()
