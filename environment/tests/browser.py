"""Drives a real JupyterLab in a real, headless Chromium."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from hopwise_environment import places

SHOTS = places.ROOT / "target" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find():
    """The path of an installed browser, or None."""
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def find_or_skip():
    """The path of an installed browser. Without one the test is skipped, or fails where it must not be missing."""
    if find() is None:
        is_required = os.environ.get("CI", "").lower() in ("1", "true") or os.environ.get("HOPWISE_REQUIRE_BROWSER") == "1"
        (pytest.fail if is_required else pytest.skip)(f"no browser is installed (looked for {', '.join(BROWSERS)})")
    return find()


class Lab:
    """environment/lab on a free port, with settings of its own and a copy of one notebook at a time to work on."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="hopwise-lab-"))
        self.notebook = None
        (self.folder / "notebooks").mkdir()
        self.token = os.urandom(16).hex()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        # Off-screen cells would not be in the page at all, and a question about news would lie over it.
        self._setting("notebook-extension/tracker", {"windowingMode": "none"})
        self._setting("apputils-extension/notification", {"fetchNews": "false", "checkForUpdates": False})
        names = {"SETTINGS": "JUPYTERLAB_SETTINGS_DIR", "workspaces": "JUPYTERLAB_WORKSPACES_DIR"}
        names.update(config="JUPYTER_CONFIG_DIR", runtime="JUPYTER_RUNTIME_DIR", data="JUPYTER_DATA_DIR")
        environment = {name: str(self.folder / part.lower()) for part, name in names.items()}
        options = ["--no-browser", f"--port={self.port}", f"--IdentityProvider.token={self.token}"]
        options += [f"--ServerApp.root_dir={self.folder / 'notebooks'}", "--ServerApp.port_retries=0"]
        self.log = self.folder / "server.log"
        with open(self.log, "wb") as log:
            self.server = subprocess.Popen(
                [str(places.ENVIRONMENT / "lab"), *options],
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        wait(self._is_up, 120, lambda: "JupyterLab did not start: " + self.log.read_text()[-2000:])
        return self

    def __exit__(self, *failure):
        if self.server.poll() is None:
            self.server.terminate()
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.server.pid, signal.SIGKILL)
                self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def use(self, notebook):
        """Takes a copy of this notebook, and ends the kernel of the one before it."""
        for kernel in self.kernels():
            self._ask("DELETE", f"/api/kernels/{kernel['id']}?token={self.token}")
        self.notebook = self.folder / "notebooks" / notebook.name
        shutil.copy(notebook, self.notebook)
        return self

    def page(self):
        """The address that opens the notebook."""
        return f"{self.address}/lab/tree/{self.notebook.name}?token={self.token}&reset"

    def kernels(self):
        """What the server says of its kernels."""
        try:
            return json.loads(self._ask("GET", f"/api/kernels?token={self.token}"))
        except urllib.error.HTTPError:
            # A kernel that is just starting has no state yet, which this server answers with an error.
            return []

    def kernel_process(self):
        """The JVM of the one kernel."""
        children = psutil.Process(self.server.pid).children(recursive=True)
        (kernel,) = (child for child in children if child.name() == "java")
        return kernel

    def status_without_token(self):
        """The HTTP status of a request that does not know the token."""
        try:
            self._ask("GET", "/api/kernels")
            return 200
        except urllib.error.HTTPError as refused:
            return refused.code

    def outputs(self):
        """All outputs in the saved notebook."""
        cells = json.loads(self.notebook.read_text(encoding="utf-8"))["cells"]
        return [output for cell in cells for output in cell.get("outputs", [])]

    def _is_up(self):
        if self.server.poll() is not None:
            raise AssertionError("JupyterLab ended: " + self.log.read_text()[-2000:])
        try:
            self._ask("GET", "/api")
            return True
        except OSError:
            return False

    def _ask(self, method, path):
        request = urllib.request.Request(self.address + path, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    def _setting(self, plugin, value):
        path = self.folder / "settings" / "@jupyterlab" / (plugin + ".jupyterlab-settings")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")


@contextmanager
def window(executable):
    """A browser window with a profile of its own, for any number of pages."""
    from playwright.sync_api import sync_playwright

    options = [*_QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with tempfile.TemporaryDirectory(prefix="hopwise-browser-", ignore_cleanup_errors=True) as profile:
        with sync_playwright() as playwright:
            context = playwright.chromium.launch_persistent_context(
                profile,
                executable_path=executable,
                headless=True,
                viewport={"width": 1200, "height": 1500},
                args=options,
            )
            try:
                context.set_default_timeout(90_000)
                yield context
            finally:
                context.close()


def open_notebook(page, lab):
    """Opens the notebook and waits for its kernel."""
    page.goto(lab.page())
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    # The status bar says "Unknown" until the first run, so the server is asked. Running before the kernel is
    # connected would open a dialogue instead.
    wait(lambda: _is_connected(lab), 90, lambda: f"the kernel never answered: {lab.kernels()}")
    page.wait_for_timeout(1500)


def cell(page, number):
    """The code cell of that number, from 0."""
    return page.locator(".jp-Notebook .jp-CodeCell").nth(number)


def start(page, number):
    """Clicks into a cell and presses Shift-Enter."""
    cell(page, number).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")


def has_run(page, number, seconds):
    """Waits until the cell has a number; returns what it shows."""
    prompt = cell(page, number).locator(".jp-InputPrompt")

    def is_done():
        page.wait_for_timeout(50)
        return re.fullmatch(r"\[\d+\]:?", prompt.inner_text().strip()) is not None

    wait(is_done, seconds, lambda: f"the cell did not end: {prompt.inner_text()}", pause=0)
    return cell(page, number).locator(".jp-OutputArea").inner_text()


def stop(page):
    """Clicks the square in the notebook's toolbar."""
    page.locator(".jp-NotebookPanel-toolbar [data-command='notebook:interrupt-kernel']").click()


def shot(page, name):
    """A screenshot among the results, to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / name)


def choose(page, menu, entry):
    """Chooses an entry of a menu. An open menu does not change, and a kernel's entries come late: it is opened again."""

    def is_there():
        page.get_by_role("menuitem", name=menu, exact=True).click()
        page.wait_for_timeout(300)
        if page.get_by_role("menuitem", name=entry, exact=True).count():
            return True
        page.keyboard.press("Escape")
        page.wait_for_timeout(700)
        return False

    wait(is_there, 90, lambda: f"{menu} has no entry {entry}")
    page.get_by_role("menuitem", name=entry, exact=True).click()


def run_all_cells(page, lab, seconds):
    """Opens the notebook, runs every cell, saves; returns when each has a number and the file is written."""
    open_notebook(page, lab)
    choose(page, "Run", "Run All Cells")
    prompts = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt")

    def are_done():
        page.wait_for_timeout(200)
        texts = prompts.all_inner_texts()
        return bool(texts) and all(re.fullmatch(r"\[\d+\]:?", text.strip()) for text in texts)

    wait(are_done, seconds, lambda: f"not all cells ran: {prompts.all_inner_texts()}")
    before = lab.notebook.stat().st_mtime_ns
    page.keyboard.press("Control+s")

    def is_saved():
        page.wait_for_timeout(100)
        try:
            return lab.notebook.stat().st_mtime_ns != before and any(lab.outputs())
        except ValueError:
            return False  # still being written

    wait(is_saved, 20, lambda: "the notebook was not saved")


def _is_connected(lab):
    # An earlier notebook's kernel, if there is one, lives on without a connection.
    return any(kernel["connections"] > 0 and kernel["execution_state"] == "idle" for kernel in lab.kernels())


def wait(condition, seconds, failure, pause=0.2):
    """Waits until the condition holds; fails with the message otherwise."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(failure())
        time.sleep(pause)
