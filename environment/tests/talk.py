"""A conversation with a kernel: cells, Tab, Shift-Tab, Stop, restart."""

import re
import subprocess
import threading
import time

from hopwise_environment import places
from hopwise_environment.session import ANSWER_SECONDS, Session

IMPORTS = """import java.util.*;
import org.hopwise.*;
import org.hopwise.graph.*;
import org.hopwise.notebook.*;
import org.hopwise.rnn.*;
import org.hopwise.task.*;
import org.hopwise.train.*;
import tech.tablesaw.api.*;
"""


def plain(text):
    """Without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


class Outcome:
    """What a cell showed."""

    def __init__(self, reply, messages):
        self.status = reply["content"]["status"]
        self.reply = reply["content"]
        of = lambda kind: [message["content"] for message in messages if message["msg_type"] == kind]
        self.text = "".join(stream["text"] for stream in of("stream"))
        self.results = [content["data"] for content in of("execute_result")]
        self.displays = [content["data"] for content in of("display_data")]
        self.updates = [content["data"] for content in of("update_display_data")]
        self.errors = of("error")

    @property
    def error(self):
        """The one error, without colours, line by line."""
        (error,) = self.errors
        return plain("\n".join(error["traceback"]))


class Talk(Session):
    """A kernel of the kind that is set up."""

    def __init__(self, specs=places.KERNEL_SPEC.parent):
        super().__init__(specs)

    def __enter__(self):
        super().__enter__()
        self.wait_until_ready()
        return self

    def run(self, code, timeout=ANSWER_SECONDS, answer=None):
        """Runs a cell, whatever comes of it; answer is what is typed when the cell asks."""
        messages = []
        type_it = (lambda message: self._client.input(answer)) if answer is not None else None
        reply = self._client.execute_interactive(
            code, allow_stdin=answer is not None, stdin_hook=type_it, timeout=timeout, output_hook=messages.append
        )
        return Outcome(reply, messages)

    def stopped(self, code, after=1.0):
        """Runs a cell and presses Stop; the outcome, and the seconds from Stop to the cell's end."""
        pressed = []

        def press():
            pressed.append(time.monotonic())
            self._manager.interrupt_kernel()

        timer = threading.Timer(after, press)
        timer.start()
        outcome = self.run(code)
        timer.join()
        return outcome, time.monotonic() - pressed[0]

    def help(self, code, cursor=None):
        """What Shift-Tab shows at the cursor; None for nothing."""
        content = self._ask(self._client.inspect(code, len(code) if cursor is None else cursor))
        return content["data"] if content["found"] else None

    def offers(self, code, cursor=None):
        """What Tab offers, and what it would replace."""
        content = self._ask(self._client.complete(code, len(code) if cursor is None else cursor))
        return content["matches"], (content["cursor_start"], content["cursor_end"])

    def info(self):
        """What the kernel says of itself."""
        return self._client.kernel_info(reply=True, timeout=ANSWER_SECONDS)["content"]

    def restart(self):
        """Kernel > Restart Kernel."""
        # The log of the first start is closed.
        self._manager._launch_args.update(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._manager.restart_kernel(now=False)
        self.wait_until_ready()

    def is_at_rest(self, seconds=30):
        """Whether within that time the kernel stops using the processor."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            before = self.processor_seconds()
            time.sleep(1)
            if self.processor_seconds() - before < 0.05:
                return True
        return False

    def _ask(self, message):
        while True:
            reply = self._client.get_shell_msg(timeout=ANSWER_SECONDS)
            if reply["parent_header"].get("msg_id") == message:
                return reply["content"]
