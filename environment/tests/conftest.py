"""One JupyterLab for all tests that look at it, and an order in which two workers end together."""

import pytest

import browser

# Files of tests that take long begin first.
LONGEST = ("the_book", "release", "browser", "sliders", "kernel_talk", "spark", "kernel_runs")


@pytest.fixture(scope="session")
def lab():
    """A JupyterLab to put a notebook into."""
    browser.find_or_skip()
    with browser.Lab() as opened:
        yield opened


def pytest_collection_modifyitems(items):
    """Sorts by length; a file stays together, since its tests share what it sets up."""

    def place(item):
        name = item.path.stem.removeprefix("test_")
        return LONGEST.index(name) if name in LONGEST else len(LONGEST)

    items.sort(key=place)
