"""A Java kernel and a client of it, for a few cells."""

import subprocess

import psutil
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from . import processes

ANSWER_SECONDS = 60


class CellError(Exception):
    """A cell failed, or the kernel did."""


class Session:
    """One fresh kernel of the spec in a folder of kernel specs; ended with the block."""

    def __init__(self, specs, log=None):
        names = KernelSpecManager(kernel_dirs=[str(specs)], ensure_native_kernel=False)
        self._manager = KernelManager(kernel_name="java", kernel_spec_manager=names)
        self._log = log

    def __enter__(self):
        with open(self._log or "/dev/null", "ab") as output:
            self._manager.start_kernel(stdout=output, stderr=output)
        self._client = self._manager.client()
        self._client.start_channels()
        return self

    def __exit__(self, *error):
        self._client.stop_channels()
        processes.end(getattr(self._manager.provisioner, "process", None))
        self._manager.shutdown_kernel(now=True)

    def wait_until_ready(self, timeout=ANSWER_SECONDS):
        """Until the kernel has answered."""
        try:
            self._client.wait_for_ready(timeout)
        except RuntimeError as error:
            raise CellError(f"the kernel did not start: {error}") from error

    def implementation(self):
        """What the kernel calls itself."""
        return self._client.kernel_info(reply=True, timeout=ANSWER_SECONDS)["content"]["implementation"]

    def execute(self, code, timeout=ANSWER_SECONDS):
        """Runs a cell to its end; returns the contents of what it showed."""
        messages = []
        try:
            answer = self._client.execute_interactive(code, timeout=timeout, output_hook=messages.append)
        except (TimeoutError, RuntimeError) as error:
            raise CellError(f"no answer to the cell {code!r}: {error}") from error
        if answer["content"]["status"] != "ok" or any(message["msg_type"] == "error" for message in messages):
            raise CellError(f"the cell {code!r} failed: {[message['content'] for message in messages]}")
        return [message["content"] for message in messages]

    def exit(self, timeout=ANSWER_SECONDS):
        """Ends the kernel from within, in good order; returns its exit status."""
        self._client.execute("System.exit(0);")
        try:
            return self._manager.provisioner.process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise CellError(f"the kernel did not end within {timeout} s") from error

    def processor_seconds(self):
        """What the kernel has used of all cores together."""
        times = psutil.Process(self._manager.provisioner.pid).cpu_times()
        return times.user + times.system
