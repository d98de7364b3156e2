"""Executes notebooks in the real kernel. Runs in the virtual environment: needs nbclient and nbformat."""

import atexit
import os
import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from . import files, places, reference, results, runs, unfinished
from .meter import Meter

STARTS = 5
ANSWER_SECONDS = 60
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_NEVER_ANSWERED = re.compile(r"didn't respond|died before replying")


@dataclass
class Outcome:
    """How one notebook went. An empty error means well."""

    name: str
    seconds: float
    peak_mib: int
    failed_starts: int
    error: str = ""


def run(notebooks, output, timeout, resumed=False):
    """Executes notebooks one after the other and writes the executed ones; returns the outcomes. Resumed: what was killed
    goes on where it was."""
    meter = Meter(len(notebooks))
    outcomes = []
    try:
        for number, path in enumerate(notebooks, 1):
            outcome = _run_one(path, output, timeout, meter, f"{number} of {len(notebooks)}", resumed)
            outcomes.append(outcome)
    finally:
        meter.close()
    return outcomes


def _run_one(path, output, timeout, meter, position, resumed=False):
    before, beside = results.snapshot(output, path.stem), runs.snapshot(output, path.stem)
    execution = Execution(path, timeout, lambda cell, cells: meter.at(f"{path.stem}, cell {cell} of {cells}"))
    profile = os.environ.get("HOPWISE_PROFILE", "")
    kept_runs = unfinished.folder(path, profile) if resumed else None
    os.environ[unfinished.VARIABLE] = str(kept_runs or "")
    goes_on = resumed and kept_runs.exists()
    started = time.monotonic()
    error = execution.run()
    outcome = Outcome(path.stem, time.monotonic() - started, execution.peak_mib, execution.failed_starts, error)
    if not error and path.stem[0].isalpha():
        stale = results.not_renewed(output, path.stem, before)
        if stale:
            outcome.error = f"{path.name} ran to its end, but did not write {', '.join(stale)}"
        else:
            kept = reference.provenance(path.stem) if profile == "REFERENCE" else None
            runs.record(output, path.stem, beside, outcome.seconds, kept, goes_on)
            if resumed:
                shutil.rmtree(kept_runs, ignore_errors=True)
    # A failed run keeps away from the results; its notebook, with the error in it, is kept to be looked at.
    folder = places.WORK / "failed" if outcome.error else output / "notebooks"
    files.write(folder / path.name, nbformat.writes(execution.notebook) + "\n")
    if outcome.error:
        meter.result(f"{position}  {path.stem}  FAILED after {outcome.seconds:.0f} s\n  " + _indented(outcome.error))
    else:
        retries = f", {outcome.failed_starts} dead starts" if outcome.failed_starts else ""
        memory = f", peak memory {outcome.peak_mib:,} MiB" if outcome.peak_mib else ""
        resumption = ", resumed" if goes_on else ""
        meter.result(f"{position}  {path.stem}  {outcome.seconds:.1f} s{resumption}{memory}{retries}")
    return outcome


def _indented(text):
    return text.replace("\n", "\n  ")


class Execution:
    """One notebook in a fresh kernel, which is gone when this is over, whatever happened."""

    def __init__(self, path, timeout, on_cell=lambda cell, cells: None):
        self.path = Path(path)
        self.timeout = timeout
        self.on_cell = on_cell
        self.notebook = None
        self.peak_mib = 0
        self.failed_starts = 0

    def run(self):
        """Runs all cells; returns the error in a few lines, or nothing."""
        while True:
            self.notebook = nbformat.read(self.path, 4)
            metadata = dict(self.notebook.metadata)
            for cell in self.notebook.cells:
                if cell.cell_type == "code":
                    cell.outputs, cell.execution_count = [], None
            try:
                error = self._execute()
            except _DeadStart as dead:
                self.failed_starts += 1
                if self.failed_starts < STARTS:
                    continue
                error = f"{self.path.name}: the kernel did not start in {STARTS} tries: {dead}{_tail(_log())}"
            # As shipped, so that equal runs write equal files: Jupyter adds the JDK's patch version.
            self.notebook.metadata.clear()
            self.notebook.metadata.update(metadata)
            return error

    def _execute(self):
        manager = AsyncKernelManager(kernel_name="java")
        client = NotebookClient(
            self.notebook,
            km=manager,
            timeout=self.timeout,
            startup_timeout=ANSWER_SECONDS,
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(self.path.parent)}},
            on_cell_execute=lambda cell, cell_index: self.on_cell(*self._position(cell_index)),
            on_cell_executed=lambda cell, cell_index, execute_reply: self._measure(manager),
        )
        _log().parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(_log(), "wb") as log:
                _run_aside(client, manager, log)
            return ""
        except CellExecutionError:
            return self._cell_error()
        except CellTimeoutError:
            return f"{self.path.name}: a cell took longer than {self.timeout} s"
        except DeadKernelError:
            return f"{self.path.name}: the kernel ended in the middle of a cell{_tail(_log())}"
        except RuntimeError as error:
            if _NEVER_ANSWERED.search(str(error)):
                raise _DeadStart(str(error)) from error
            raise
        finally:
            # The client leaves the kernel alive, and its own clean-up for later, when the start timed out.
            atexit.unregister(client._cleanup_kernel)
            if client.kc is not None:
                client.kc.stop_channels()
            _end(manager)

    def _position(self, index):
        codes = [number for number, cell in enumerate(self.notebook.cells) if cell.cell_type == "code"]
        return codes.index(index) + 1 if index in codes else 0, len(codes)

    def _cell_error(self):
        for index, cell in enumerate(self.notebook.cells):
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    number, count = self._position(index)
                    trace = "\n".join(output.traceback)
                    said = trace if output.evalue in trace else f"{output.ename}: {output.evalue}\n{trace}"
                    lines = [line.rstrip() for line in _ANSI.sub("", said).splitlines() if line.strip()][:6]
                    return f"{self.path.name}, code cell {number} of {count}:\n  " + "\n  ".join(lines)
        return f"{self.path.name}: a cell failed without saying why"

    def _measure(self, manager):
        """The most memory that the kernel has had, where the system tells."""
        try:
            status = Path(f"/proc/{_process(manager)}/status").read_text(encoding="ascii", errors="replace")
            self.peak_mib = max(self.peak_mib, int(re.search(r"VmHWM:\s*(\d+) kB", status).group(1)) // 1024)
        except (OSError, AttributeError):
            pass


class _DeadStart(Exception):
    """The kernel never answered: not the notebook's fault."""


def _run_aside(client, manager, log):
    """Executes in a thread: there the client leaves signals alone, and Ctrl-C ends the run and not just this kernel."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(client.execute, stdout=log, stderr=log)
        try:
            running.result()
        except KeyboardInterrupt:
            while not running.done():
                _end(manager)
                time.sleep(0.1)
            raise


def _process(manager):
    return getattr(manager.provisioner, "pid", 0) or 0


def _end(manager):
    process = getattr(manager.provisioner, "process", None)
    if process is not None and process.poll() is None:
        process.kill()
        process.wait()
    manager.cleanup_connection_file()


def _log():
    return places.WORK / "kernel-output.log"


def _tail(log):
    text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
    lines = [line for line in text.splitlines() if line.strip() and "incubator" not in line][-4:]
    return "".join("\n  " + line for line in lines)
