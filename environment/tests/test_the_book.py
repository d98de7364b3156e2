"""The book, made of what the tests of the notebooks have left, and opened at two widths."""

import pytest

import context  # noqa: F401
from hopwise_environment import book, places

import browser

OUTPUT = places.ROOT / "target" / "test-figures"


def test_links_that_lead_nowhere_and_loads_from_a_network_are_found(tmp_path):
    (tmp_path / "a.html").write_text(
        '<h1 id="top">A</h1><a href="b.html#there">b</a><a href="b.html#not">b</a><a href="c.html">c</a>'
        '<a href="https://example.org">out</a><img src="gone.png"><script src="https://example.org/x.js"></script>'
    )
    (tmp_path / "b.html").write_text('<p id="there"><a href="a.html#top">a</a><a href="#here">here</a></p>')
    assert book.broken_links(tmp_path) == [
        "a.html loads https://example.org/x.js from a network",
        "a.html leads to b.html#not, where there is no such place",
        "a.html leads to c.html, which is not there",
        "a.html leads to gone.png, which is not there",
        "b.html leads to #here, where there is no such place",
    ]


def test_every_kept_figure_has_its_finding():
    found = book.findings()
    kept = {path.parent.name for path in (places.ROOT / "data" / "reference").glob("*/provenance.json")}
    assert kept <= found.keys()
    readme = (places.NOTEBOOKS / "README.md").read_text(encoding="utf-8").replace("*", "")
    finding = found["fig2_influence_recovers_the_task"]
    assert "20 seeds" in finding and finding in readme


@pytest.fixture(scope="module")
def first_page():
    if not list((OUTPUT / "notebooks").glob("*.ipynb")):
        pytest.skip("no notebook has been executed; run test_notebooks.py first")
    book.set_up()
    return book.build(OUTPUT)


@pytest.mark.parametrize("width", [1300, 390])
def test_its_pages_fit_the_screen_and_load_nothing_from_elsewhere(first_page, page, width):
    asked = []
    page.set_viewport_size({"width": width, "height": 1000})
    page.on("request", lambda request: asked.append(request.url))
    lessons = [path for path in first_page.parent.glob("notebooks/03*.html")]
    for path in [first_page, first_page.with_name("claims.html"), *lessons]:
        page.goto(path.as_uri())
        page.evaluate("window.MathJax?.startup?.promise")  # until mathematics is set, where there is some
        browser.shot(page, f"book-{path.stem}-{width}.png")
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path.name
    if lessons:
        assert page.locator("mjx-container").count() > 3, "mathematics is set"
        assert page.locator(".hopwise-live input").count() == 1, "the slider is live"
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
