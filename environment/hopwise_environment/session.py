"""A Java kernel and a client of it, for a few cells."""

import math
import os
import queue
import subprocess
import time
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

ANSWER_SECONDS = 60


class CellError(Exception):
    """A cell failed, or the kernel did."""


class Session:
    """One fresh kernel of the spec in a folder of kernel specs; ended with the block."""

    def __init__(self, specs, log=None):
        names = KernelSpecManager(kernel_dirs=[str(specs)], ensure_native_kernel=False)
        self._manager = KernelManager(kernel_name="java", kernel_spec_manager=names)
        self._log = log
        self._client = None

    def __enter__(self):
        output = open(self._log, "ab") if self._log else subprocess.DEVNULL
        try:
            self._manager.start_kernel(stdout=output, stderr=output)
        finally:
            if self._log:
                output.close()
        self._client = self._manager.client()
        self._client.start_channels()
        return self

    def __exit__(self, *error):
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)

    def wait_until_ready(self, timeout=ANSWER_SECONDS):
        """Until the kernel has answered and its output has been seen. The client's own way takes 0.2 s longer."""
        ends = time.monotonic() + timeout
        asked, answered, heard = -math.inf, False, False
        while not (answered and heard):
            now = time.monotonic()
            if now > ends or not self._manager.is_alive():
                raise CellError(f"the kernel did not answer within {timeout} s" if now > ends else "the kernel ended")
            if now - asked > (0.1 if answered else 1):
                self._client.kernel_info()
                asked = now
            answered = answered or _has_message(self._client.shell_channel)
            heard = heard or _has_message(self._client.iopub_channel)

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
        """What the kernel has used of all cores together, where the system tells."""
        try:
            status = Path(f"/proc/{self._manager.provisioner.pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return math.nan
        fields = status.rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _has_message(channel):
    try:
        channel.get_msg(timeout=0.005)
        return True
    except queue.Empty:
        return False
