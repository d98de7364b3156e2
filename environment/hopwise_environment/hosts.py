"""Java virtual machines that serve one kernel after another, so that a notebook finds compiled what those before it have
used. Each notebook still has a kernel of its own, started by the spec's command: without the connection file it serves
the kernels whose connection files come on its standard input."""

import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from jupyter_client import BlockingKernelClient
from jupyter_client.provisioning import LocalProvisioner

from . import processes

ANSWER_SECONDS = 10
# The main class that does.
_SERVES = "org.hopwise.notebook.kernel.KernelMain"
# Which code the JVM's slow compiler leaves alone, and why.
_DIRECTIVES = ("-XX:+UnlockDiagnosticVMOptions", f"-XX:CompilerDirectivesFile={Path(__file__).with_suffix('.json')}")
# What each notebook is told anew: a kernel here reads it as a system property, such as hopwise.profile.
_TOLD = ("HOPWISE_PROFILE", "HOPWISE_OUTPUT", "HOPWISE_UNFINISHED")


@dataclass(frozen=True)
class Host:
    """A process, the command and the folder that it was started with, and the path of its log."""

    process: subprocess.Popen
    start: tuple
    log: str


class Hosts:
    """The hosts that wait for a notebook; they end with the block."""

    def __init__(self):
        self._free = []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        while self._free:
            processes.end(self._free.pop().process)

    def place(self, manager):
        """A place for a manager's kernel, as its provisioner; none for a kernel that cannot serve others."""
        if _SERVES not in manager.kernel_spec.argv:
            return None
        place = Place(kernel_id="hosted", kernel_spec=manager.kernel_spec, parent=manager)
        place.hosts = self
        return place

    def give(self, host):
        """A host is free."""
        self._free.append(host)

    def take(self, start):
        """A free host of that start, alive; those of another one end."""
        while self._free:
            host = self._free.pop()
            if host.start == start and host.process.poll() is None:
                return host
            processes.end(host.process)
        return None


class Place(LocalProvisioner):
    """Starts a kernel in a host where Jupyter's own provisioner starts a process. While the kernel runs the host is this
    kernel's alone, and whoever ends the process ends nobody else's."""

    hosts = None
    host = None

    async def launch_kernel(self, cmd, **options):
        java, *rest, connection_file = cmd
        command = [java, *_DIRECTIVES, *rest]
        start = (command, options.get("cwd"))
        self.host = self.hosts.take(start)
        if self.host:
            self.process, self.pid, self.pgid = self.host.process, self.host.process.pid, self.host.process.pid
        else:
            await super().launch_kernel(command, **{**options, "stdin": subprocess.PIPE})
            self.host = Host(self.process, start, options["stdout"].name)
        properties = {name.lower().replace("_", "."): options["env"].get(name, "") for name in _TOLD}
        request = json.dumps({"connection": connection_file, "properties": properties})
        self.process.stdin.write(request.encode() + b"\n")
        self.process.stdin.flush()
        return self.connection_info

    def release(self):
        """Ends the kernel as Jupyter asks kernels to end; a host that then is ready for the next one is free again."""
        client = BlockingKernelClient()
        client.load_connection_info(self.connection_info)
        client.start_channels(shell=False, iopub=False, stdin=False, hb=False)
        try:
            client.shutdown(reply=True, timeout=ANSWER_SECONDS)
        except TimeoutError:
            return
        finally:
            client.stop_channels()
        # The host removes the connection file when the kernel is gone.
        end = time.monotonic() + ANSWER_SECONDS
        while os.path.exists(self.parent.connection_file) and self.process.poll() is None:
            if time.monotonic() > end:
                return
            time.sleep(0.02)
        if self.process.poll() is None:
            self.process = None
            self.hosts.give(self.host)
