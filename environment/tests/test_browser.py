"""A person's way: open JupyterLab, run all cells, see table and picture; press Stop; ask what a name means."""

import re

import nbformat
import pytest

import context

import browser

IMAGES = ".jp-Notebook .jp-OutputArea img"
SIZES = "images => images.map(i => i.complete ? i.naturalWidth : 0)"


@pytest.fixture(scope="module")
def page(lab):
    with browser.window(browser.find_or_skip()) as opened:
        yield opened


def test_every_cell_of_a_notebook_runs_and_shows(page, lab):
    lab.use(context.HERE / "show_everything.ipynb")
    assert lab.status_without_token() == 403
    try:
        browser.run_all_cells(page, lab, seconds=600)
    finally:
        browser.shot(page, "everything.png")
    assert errors(lab) == []
    (size,) = page.eval_on_selector_all(IMAGES, SIZES)
    assert size > 100, "the picture was decoded"
    tables = page.locator(".jp-Notebook .jp-RenderedHTML table")
    assert tables.count() >= 2, "the table and the claim's"
    assert tables.first.locator("tbody tr").count() == 4
    assert tables.first.locator("tbody td").nth(1).inner_text() == "0.5123"
    progress = page.locator(".jp-Notebook .jp-OutputArea progress")
    assert progress.count() == 1, "one line of progress"
    assert progress.first.get_attribute("value") == "300"
    assert "a <b>text</b> as it is" in page.locator(".jp-Notebook").inner_text()


def test_every_object_shows_itself(page, lab):
    lab.use(context.HERE / "show_objects.ipynb")
    before = page.viewport_size
    try:
        browser.run_all_cells(page, lab, seconds=600)
    finally:
        page.set_viewport_size({"width": 1200, "height": 6000})
        page.wait_for_timeout(500)
        browser.shot(page, "objects.png")
        page.set_viewport_size(before)
    assert errors(lab) == []
    images = page.eval_on_selector_all(IMAGES, SIZES)
    assert len(images) == 5 and min(images) > 100
    assert not re.search(r"Lambda|@[0-9a-f]{6}", page.locator(".jp-Notebook").inner_text())


def test_stop_ends_a_training_and_whatever_else_runs_and_the_next_cell_works(page, lab, tmp_path):
    start = "var network = RecurrentNetwork.random(task, 32, Activation.TANH, Seed.of(1));"
    cells = [
        "import org.hopwise.*;\nimport org.hopwise.notebook.*;\nimport org.hopwise.rnn.*;\nimport org.hopwise.task.*;\n"
        f"import org.hopwise.train.*;\nvar task = Tasks.averaging();\n{start}",
        "Trainer.adam(3e-3).updates(3_000_000).listen(Progress.display()).train(network, task)",
        'System.out.println("next");',
        "while (true) {}",
        'System.out.println("and next");',
    ]
    lab.use(written(tmp_path, cells))
    browser.open_notebook(page, lab)
    browser.start(page, 0)
    browser.has_run(page, 0, 60)
    kernel = lab.kernel_process()
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


def test_shift_tab_and_the_help_menu_explain(page, lab, tmp_path):
    imports = "import org.hopwise.train.*;\nimport tech.tablesaw.api.*;"
    lab.use(written(tmp_path, [imports, "Penalty.hopwise(1e-3, 0.8, 10)"]))
    browser.open_notebook(page, lab)
    browser.start(page, 0)
    browser.has_run(page, 0, 60)
    browser.cell(page, 1).locator(".cm-content").click()
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
