"""One JupyterLab and one browser for all tests that look at them, and an order in which workers end together."""

import pytest

import browser

# Files of tests that take long begin first.
LONGEST = ("browser", "spark", "the_book", "release", "kernel_runs", "kernel_talk", "hosts", "archive", "bad_input")


@pytest.fixture(scope="session")
def lab():
    """A JupyterLab to put a notebook into."""
    browser.find_or_skip()
    with browser.Lab() as opened:
        yield opened


@pytest.fixture(scope="session")
def window():
    """A browser; there can be one at a time."""
    with browser.window(browser.find_or_skip()) as opened:
        yield opened


@pytest.fixture
def page(window):
    """A page of its own."""
    opened = window.new_page()
    yield opened
    opened.close()


def pytest_collection_modifyitems(items):
    """Sorts by length; a file stays together, since its tests share what it sets up."""

    def place(item):
        name = item.path.stem.removeprefix("test_")
        return LONGEST.index(name) if name in LONGEST else len(LONGEST)

    items.sort(key=place)
