"""A person's way: open JupyterLab, run all cells, see table and picture."""

import unittest

import context  # noqa: F401
from hopwise_environment import places

import browser

SCREENSHOT = places.ROOT / "target" / "lab.png"
IMAGES = ".jp-Notebook .jp-OutputArea img"


class BrowserTest(unittest.TestCase):
    def setUp(self):
        self.executable = browser.find()
        if self.executable is None:
            message = f"no browser is installed (looked for {', '.join(browser.BROWSERS)})"
            if browser.is_required():
                self.fail(message)
            self.skipTest(message)

    def test_every_cell_of_a_notebook_runs_and_shows(self):
        with browser.Lab(context.HERE / "show_everything.ipynb") as lab, browser.window(self.executable) as page:
            self.assertEqual(403, lab.status_without_token())
            try:
                browser.run_all_cells(page, lab, seconds=180)
                self.check(page, lab)
            finally:
                SCREENSHOT.parent.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=SCREENSHOT)

    def check(self, page, lab):
        errors = [f"{output['ename']}: {output['evalue']}" for output in lab.outputs() if output["output_type"] == "error"]
        self.assertEqual([], errors)
        sizes = page.eval_on_selector_all(IMAGES, "images => images.map(i => i.complete ? i.naturalWidth : 0)")
        self.assertEqual(1, len(sizes), "one picture")
        self.assertGreater(sizes[0], 100, "the picture was decoded")
        tables = page.locator(".jp-Notebook .jp-RenderedHTML table")
        self.assertGreaterEqual(tables.count(), 2, "the table and the claim's")
        self.assertEqual(4, tables.first.locator("tbody tr").count())
        self.assertEqual("0.5123", tables.first.locator("tbody td").nth(1).inner_text())
        lines = page.locator(".jp-Notebook .jp-OutputArea progress")
        self.assertEqual(1, lines.count(), "one line of progress")
        self.assertEqual("300", lines.first.get_attribute("value"))
        self.assertIn("a <b>text</b> as it is", page.locator(".jp-Notebook").inner_text())

    def test_every_object_shows_itself(self):
        with browser.Lab(context.HERE / "show_objects.ipynb") as lab, browser.window(self.executable) as page:
            try:
                browser.run_all_cells(page, lab, seconds=180)
            finally:
                page.set_viewport_size({"width": 1200, "height": 6000})
                page.wait_for_timeout(500)
                shot(page, "objects.png")
            self.assertEqual([], [output for output in lab.outputs() if output["output_type"] == "error"])
            images = page.eval_on_selector_all(IMAGES, "images => images.map(i => i.complete ? i.naturalWidth : 0)")
            self.assertEqual(5, len(images))
            self.assertGreater(min(images), 100)
            self.assertNotRegex(page.locator(".jp-Notebook").inner_text(), r"Lambda|@[0-9a-f]{6}")


def shot(page, name):
    """A screenshot among the results, to look at."""
    SCREENSHOT.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOT.with_name(name))


if __name__ == "__main__":
    unittest.main()
