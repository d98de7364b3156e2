"""A person's way: open JupyterLab, run all cells, see table and picture; press Stop; ask what a name means; move sliders by
keyboard, on a phone's width, and see what is left of them where scripts do not run. One file, so that one worker opens one
JupyterLab."""

import json
import re

import nbformat
import pytest

import context

import browser

IMAGES = ".jp-Notebook .jp-OutputArea img"
SIZES = "images => images.map(i => i.complete ? i.naturalWidth : 0)"
LIVE = ".jp-Notebook .hopwise-live"
STILLS = ".jp-Notebook .jp-RenderedHTML figure > img"


@pytest.fixture(scope="module")
def working(lab, window, tmp_path_factory):
    """A notebook at work, on a page that its tests share: its first cell has run."""
    start = "var network = RecurrentNetwork.random(task, 8, Activation.TANH, Seed.of(1));"
    cells = [
        "import org.hopwise.*;\nimport org.hopwise.notebook.*;\nimport org.hopwise.rnn.*;\nimport org.hopwise.task.*;\n"
        f"import org.hopwise.train.*;\nvar task = Tasks.averaging();\n{start}",
        "Trainer.adam(3e-3).updates(3_000_000).batch(4).listen(Progress.display()).train(network, task)",
        'System.out.println("next");',
        "while (true) {}",
        'System.out.println("and next");',
        "Penalty.hopwise(1e-3, 0.8, 10)",
    ]
    lab.use(written(tmp_path_factory.mktemp("working"), cells))
    page = window.new_page()
    browser.open_notebook(page, lab)
    browser.start(page, 0)
    browser.has_run(page, 0, 60)
    yield page
    page.close()


def test_every_cell_of_a_notebook_runs_and_every_object_shows_itself(page, lab, tmp_path):
    shown = [nbformat.read(context.HERE / name, 4) for name in ("show_everything.ipynb", "show_objects.ipynb")]
    lab.use(written(tmp_path, [cell.source for book in shown for cell in book.cells if cell.cell_type == "code"]))
    assert lab.status_without_token() == 403
    try:
        browser.run_all_cells(page, lab, seconds=600)
    finally:
        page.set_viewport_size({"width": 1200, "height": 5400})
        page.wait_for_timeout(500)
        browser.shot(page, "objects.png")
    assert errors(lab) == []
    images = page.eval_on_selector_all(IMAGES, SIZES)
    assert len(images) == 1 + 5 and min(images) > 100, "the pictures were decoded"
    tables = page.locator(".jp-Notebook .jp-RenderedHTML table")
    assert tables.count() >= 2, "the table and the claim's"
    assert tables.first.locator("tbody tr").count() == 4
    assert tables.first.locator("tbody td").nth(1).inner_text() == "0.5123"
    progress = page.locator(".jp-Notebook .jp-OutputArea progress")
    assert progress.count() == 1, "one line of progress"
    assert progress.first.get_attribute("value") == "300"
    text = page.locator(".jp-Notebook").inner_text()
    assert "a <b>text</b> as it is" in text
    assert not re.search(r"Lambda|@[0-9a-f]{6}", text)


def test_stop_ends_a_training_and_whatever_else_runs_and_the_next_cell_works(working, lab):
    page, kernel = working, lab.kernel_process()
    try:
        bar = browser.cell(page, 1).locator("progress")
        said = stopped(page, kernel, 1, lambda: bar.count() == 1 and int(bar.get_attribute("value")) > 0)
        assert said.count("Stopped") == 1 and "updates" in said and "at " not in said.split("Stopped")[1], said
        assert then(page, 2).strip() == "next"
        browser.wait(lambda: busy(kernel, page) < 0.05, 30, lambda: "something goes on behind the cell")
        said = stopped(page, kernel, 3)
        assert re.fullmatch(r"Stopped by force: [^\n]+|No longer waited for[^\n]+Restart the kernel[^\n]+", said.strip()), said
        assert then(page, 4).strip() == "and next"
        if "by force" in said:
            browser.wait(lambda: busy(kernel, page) < 0.05, 30, lambda: "something goes on behind the cell")
    finally:
        browser.shot(page, "stop.png")


def test_shift_tab_and_the_help_menu_explain(working):
    page = working
    browser.cell(page, 5).locator(".cm-content").click()
    page.keyboard.press("Shift+Tab")
    shown = page.locator(".jp-Tooltip")
    shown.wait_for()
    browser.shot(page, "shift-tab.png")
    assert "Penalty.hopwise(double beta, double alpha, int length)" in shown.inner_text()
    assert "hop by hop" in shown.inner_text()
    page.keyboard.press("Escape")
    browser.choose(page, "Help", "Hopwise Javadoc")
    pages = page.frame_locator(".jp-Help iframe, iframe[src*=apidocs]")
    pages.get_by_role("link", name="org.hopwise.train", exact=True).wait_for()
    browser.shot(page, "javadoc.png")


@pytest.fixture(scope="module")
def slides(lab):
    """A notebook with two of them in the JupyterLab that the tests share."""
    return lab.use(context.HERE / "show_slider.ipynb")


def test_sliders_move_by_keyboard_and_fit_a_phone(slides, page):
    lab = slides
    browser.run_all_cells(page, lab, seconds=180)
    assert [output for output in lab.outputs() if output["output_type"] == "error"] == []
    sliders = page.locator(LIVE + " input[type=range]")
    assert sliders.evaluate_all("all => all.map(e => e.ariaLabel)") == ["hop", "alpha"], "two blocks, apart"
    press_keys(page, sliders)
    page.keyboard.press("Control+b")  # closes the list of files, as on a phone
    for width in (1300, 390):
        page.set_viewport_size({"width": width, "height": 4000})
        page.wait_for_timeout(500)
        browser.shot(page, f"slider-{width}.png")
        overhang = page.locator(LIVE).evaluate_all("all => all.map(e => e.scrollWidth - e.clientWidth)")
        assert overhang == [0, 0], f"nothing to scroll sideways at {width} pixels"
    page.emulate_media(media="print")
    shown = "all => all.map(e => getComputedStyle(e).display)"
    assert set(page.locator(LIVE).evaluate_all(shown)) == {"none"}
    assert "none" not in page.locator(STILLS).evaluate_all(shown), "on paper there are stills"
    assert "Not yet: that is the first walk alone" in page.locator(".jp-Notebook").inner_text()


def press_keys(page, sliders):
    """Keys move the slider, and not the cells around it."""
    first, cells = sliders.first, page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    first.focus()
    active = cells.evaluate_all("all => all.findIndex(e => e.classList.contains('jp-mod-active'))")
    assert first.input_value() == "2", "as the cell asked"
    keys = [("ArrowRight", 3), ("ArrowUp", 4), ("ArrowLeft", 3), ("ArrowDown", 2), ("End", 7), ("Home", 0), ("PageUp", 1)]
    for key, value in [*keys, ("PageDown", 0), ("a", 0)]:
        page.keyboard.press(key)
        assert int(first.input_value()) == value, key
    assert cells.count() == before
    assert cells.evaluate_all("all => all.findIndex(e => e.classList.contains('jp-mod-active'))") == active
    words = first.get_attribute("aria-valuetext")
    assert re.fullmatch(r"hop 2 carries the input of step 8: \d+\.\d % of all influence", words), words
    assert sliders.nth(1).input_value() == "0", "the other one stood still"
    assert page.locator(LIVE + " svg").count() == page.locator(LIVE + " svg[role=img][aria-label]").count() > 0
    # Tab leaves it, so that nobody is caught.
    page.keyboard.press("Tab")
    assert not first.evaluate("e => e === document.activeElement")


def test_a_notebook_that_is_not_trusted_shows_stills_and_runs_nothing(slides, page):
    lab = slides
    stranger = json.loads(lab.notebook.read_text(encoding="utf-8"))
    stranger["cells"].append({"cell_type": "markdown", "id": "stranger", "metadata": {}, "source": ["from elsewhere"]})
    mine = lab.notebook
    lab.notebook = mine.with_name("stranger.ipynb")
    lab.notebook.write_text(json.dumps(stranger), encoding="utf-8")
    page.goto(lab.page())
    page.locator(STILLS).nth(1).wait_for()
    widths = page.locator(STILLS).evaluate_all("all => all.map(i => i.naturalWidth)")
    assert len(widths) == 2 and min(widths) > 100
    assert page.locator(".jp-Notebook input[type=range]").count() == 0
    assert page.locator(".jp-Notebook summary").count() == 2, "the numbers are there too"
    browser.shot(page, "slider-untrusted.png")


def stopped(page, kernel, number, has_begun=lambda: True):
    """Starts a cell and presses Stop while it works, on a busy machine too; returns what it shows."""
    browser.start(page, number)
    browser.wait(lambda: has_begun() and busy(kernel, page) > 0.1, 60, lambda: "the cell does not work")
    browser.stop(page)
    return browser.has_run(page, number, 30)


def then(page, number):
    """Runs a cell; returns what it shows."""
    browser.start(page, number)
    return browser.has_run(page, number, 30)


def busy(kernel, page):
    """How many cores the JVM keeps busy just now."""
    before = sum(kernel.cpu_times()[:2])
    page.wait_for_timeout(1000)
    return sum(kernel.cpu_times()[:2]) - before


def written(folder, cells):
    """A notebook of these cells."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in cells])
    book.metadata.kernelspec = {"name": "java", "display_name": "Java", "language": "java"}
    path = folder / "try.ipynb"
    nbformat.write(book, path)
    return path


def errors(lab):
    return [f"{output['ename']}: {output['evalue']}" for output in lab.outputs() if output["output_type"] == "error"]
