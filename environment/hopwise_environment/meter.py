"""Shows how far a run over notebooks is: a bar on a terminal, plain lines elsewhere."""

import sys
import threading
import time

_WIDTH = 24


class Meter:
    """A bar that also ticks while a long cell runs. Results are printed above it and stay."""

    def __init__(self, total, stream=None):
        self._total = total
        self._stream = stream or sys.stdout
        self._is_terminal = self._stream.isatty()
        self._done = 0
        self._now = ""
        self._started = time.monotonic()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        if self._is_terminal:
            threading.Thread(target=self._tick, daemon=True).start()

    def at(self, what):
        """What is being done now."""
        with self._lock:
            self._now = what
            self._draw()

    def result(self, line, counts=True):
        """A finished notebook."""
        with self._lock:
            self._done += counts
            self._clear()
            self._stream.write(f"{line}\n")
            self._stream.flush()
            self._draw()

    def close(self):
        self._ended.set()
        with self._lock:
            self._clear()
            self._is_terminal = False

    def _tick(self):
        while not self._ended.wait(1):
            with self._lock:
                self._draw()

    def _draw(self):
        if self._is_terminal:
            full = _WIDTH * self._done // max(self._total, 1)
            bar = "#" * full + "-" * (_WIDTH - full)
            seconds = int(time.monotonic() - self._started)
            line = f"[{bar}] {self._done}/{self._total}  {seconds // 60}:{seconds % 60:02d}  {self._now}"
            self._stream.write("\r\x1b[K" + line[:110])
            self._stream.flush()

    def _clear(self):
        if self._is_terminal:
            self._stream.write("\r\x1b[K")
