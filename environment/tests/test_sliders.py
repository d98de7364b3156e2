"""Sliders in a browser: by keyboard, on a phone's width, and what is left where scripts do not run."""

import json
import re

import pytest

import context

import browser

LIVE = ".jp-Notebook .hopwise-live"
STILLS = ".jp-Notebook .jp-RenderedHTML figure > img"


@pytest.fixture(scope="module")
def slides(lab):
    """A notebook with two of them in the JupyterLab that the tests share."""
    return lab.use(context.HERE / "show_slider.ipynb")


def test_sliders_move_by_keyboard_and_fit_a_phone(slides):
    lab = slides
    with browser.window(browser.find_or_skip()) as page:
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


def test_a_notebook_that_is_not_trusted_shows_stills_and_runs_nothing(slides):
    lab = slides
    stranger = json.loads(lab.notebook.read_text(encoding="utf-8"))
    stranger["cells"].append({"cell_type": "markdown", "id": "stranger", "metadata": {}, "source": ["from elsewhere"]})
    mine = lab.notebook
    lab.notebook = mine.with_name("stranger.ipynb")
    lab.notebook.write_text(json.dumps(stranger), encoding="utf-8")
    with browser.window(browser.find_or_skip()) as page:
        browser.open_notebook(page, lab)
        page.locator(STILLS).nth(1).wait_for()
        widths = page.locator(STILLS).evaluate_all("all => all.map(i => i.naturalWidth)")
        assert len(widths) == 2 and min(widths) > 100
        assert page.locator(".jp-Notebook input[type=range]").count() == 0
        assert page.locator(".jp-Notebook summary").count() == 2, "the numbers are there too"
        browser.shot(page, "slider-untrusted.png")
