"""Executes notebooks in the real kernel."""

import atexit
import os
import re
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from tqdm import tqdm

from . import books, files, hosts, places, processes, reference, results

ANSWER_SECONDS = 60
_BAR = "{bar:24} {n_fmt} of {total_fmt}, {elapsed}  {desc}"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Outcome:
    """How one notebook went. An empty error means well."""

    name: str
    seconds: float
    peak_mib: int = 0
    resumed: bool = False
    error: str = ""

    def line(self):
        if self.error:
            return f"{self.name}  FAILED after {self.seconds:.0f} s\n  " + self.error.replace("\n", "\n  ")
        memory = f", peak memory {self.peak_mib:,} MiB" if self.peak_mib else ""
        return f"{self.name}  {self.seconds:.1f} s{', resumed' if self.resumed else ''}{memory}"


def run(notebooks, output, profile, timeout=None, resumed=False, jobs=1, warm=False, folder=None):
    """Executes notebooks, so many at a time, and writes the executed ones; returns the outcomes in their order. Resumed:
    what was killed goes on where it was. Warm: kernels follow each other in one virtual machine a job. Folder: where
    kernels work, else each in that of its notebook."""
    outcomes = {}
    free = hosts.Hosts()
    executions = [Execution(path, timeout, profile, output, free if warm else None, folder) for path in notebooks]
    with free, ThreadPoolExecutor(jobs) as pool, tqdm(total=len(notebooks), disable=None, leave=False, bar_format=_BAR) as bar:
        waiting = {pool.submit(run_one, execution, resumed) for execution in executions}
        try:
            while waiting:
                done, waiting = wait(waiting, 0.5, FIRST_COMPLETED)
                for outcome in (future.result() for future in done):
                    outcomes[outcome.name] = outcome
                    bar.update()
                    bar.write(f"{len(outcomes)} of {len(notebooks)}  {outcome.line()}")
                bar.set_description_str("; ".join(each.position for each in executions if each.measure()))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            while not all(future.done() for future in waiting):
                for execution in executions:
                    execution.end()
                time.sleep(0.1)
            raise
    return [outcomes[path.stem] for path in notebooks]


def run_one(execution, resumed=False):
    """Executes one notebook and keeps its results, or its error."""
    path, output, profile = execution.path, execution.output, execution.profile
    before = results.snapshot(output, path.stem)
    unfinished = results.unfinished(path, profile) if resumed else None
    execution.variables["HOPWISE_UNFINISHED"] = str(unfinished or "")
    goes_on = bool(unfinished and unfinished.exists())
    started = time.monotonic()
    error = execution.run()
    outcome = Outcome(path.stem, time.monotonic() - started, execution.peak_mib, goes_on, error)
    if not error and books.FIGURE.fullmatch(path.stem):
        stale = results.not_renewed(output, path.stem, before)
        if stale:
            outcome.error = f"{path.name} ran to its end, but did not write {', '.join(stale)}"
        else:
            kept = reference.provenance(path.stem) if profile == "REFERENCE" else None
            results.record(output, path.stem, before, outcome.seconds, kept, goes_on)
            results.remove(unfinished)
    # A failed run keeps away from the results; its notebook, with the error in it, is kept to be looked at.
    folder = places.WORK / "failed" if outcome.error else output / "notebooks"
    files.write(folder / path.name, nbformat.writes(execution.notebook) + "\n")
    return outcome


class Execution:
    """One notebook in a fresh kernel, which is gone when this is over, whatever happened. Warm: hosts, in one of which the
    kernel runs; one that went well leaves it to the next."""

    def __init__(self, path, timeout=None, profile="QUICK", output=None, warm=None, folder=None):
        self.path, self.timeout, self.profile, self.output = path, timeout, profile, output
        self.folder = folder or path.parent
        self.variables = {"HOPWISE_PROFILE": profile, **({"HOPWISE_OUTPUT": str(output)} if output else {})}
        self.notebook = nbformat.read(path, 4)
        self.position = ""
        self.peak_mib = 0
        self._log = places.WORK / "kernels" / f"{path.stem}.log"
        self._manager = AsyncKernelManager(kernel_name="java")
        self._place = self._manager.provisioner = warm.place(self._manager) if warm else None

    def run(self):
        """Runs all cells; returns the error in a few lines, or nothing."""
        metadata = dict(self.notebook.metadata)
        codes = [index for index, cell in enumerate(self.notebook.cells) if cell.cell_type == "code"]
        for index in codes:
            self.notebook.cells[index].update(outputs=[], execution_count=None)

        def at(cell, cell_index):
            if cell_index in codes:
                self.position = f"{self.path.stem.split('_')[0]}, cell {codes.index(cell_index) + 1} of {len(codes)}"

        client = NotebookClient(
            self.notebook,
            km=self._manager,
            timeout=self.timeout,
            startup_timeout=ANSWER_SECONDS,
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(self.folder)}},
            on_cell_execute=at,
            on_cell_executed=lambda cell, cell_index, execute_reply: self.measure(),
        )
        self._log.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(self._log, "wb") as log:
                client.execute(stdout=log, stderr=log, env={**os.environ, **self.variables})
            if self._place:
                self._place.release()
            return ""
        except CellExecutionError:
            return f"{self.path.name}, code{self.position.partition(',')[2]}:\n  " + "\n  ".join(self._error())
        except CellTimeoutError:
            return f"{self.path.name}: a cell took longer than {self.timeout} s"
        except DeadKernelError:
            return f"{self.path.name}: the kernel ended in the middle of a cell{self._tail()}"
        except RuntimeError as error:
            return f"{self.path.name}: the kernel did not start: {error}{self._tail()}"
        finally:
            # As shipped, so that equal runs write equal files: Jupyter adds the JDK's patch version.
            self.notebook.metadata = nbformat.from_dict(metadata)
            # The client leaves the kernel alive, and its own clean-up for later, when the start timed out.
            atexit.unregister(client._cleanup_kernel)
            if client.kc is not None:
                client.kc.stop_channels()
            self.end()
            self._manager.cleanup_connection_file()

    def measure(self):
        """Notes the most memory that the kernel was seen with; returns whether there is a kernel."""
        process = getattr(self._manager.provisioner, "process", None)
        try:
            memory = psutil.Process(process.pid).memory_info().rss if process else 0
        except psutil.Error:
            memory = 0
        self.peak_mib = max(self.peak_mib, memory // 2**20)
        return memory > 0

    def end(self):
        """Ends the kernel."""
        processes.end(getattr(self._manager.provisioner, "process", None))

    def _error(self):
        """What the failing cell said, in a few lines."""
        outputs = (output for cell in self.notebook.cells for output in cell.get("outputs", []))
        error = next(output for output in outputs if output.output_type == "error")
        trace = "\n".join(error.traceback)
        said = trace if error.evalue in trace else f"{error.ename}: {error.evalue}\n{trace}"
        return [line.rstrip() for line in _ANSI.sub("", said).splitlines() if line.strip()][:6]

    def _tail(self):
        log = Path(self._place.host.log) if self._place and self._place.host else self._log
        text = log.read_text(encoding="utf-8", errors="replace")
        lines = [line for line in text.splitlines() if line.strip() and "incubator" not in line]
        return "".join("\n  " + line for line in lines[-4:])
