"""Every notebook, in the real kernel, in QUICK."""

import pytest

import context  # noqa: F401
from hopwise_environment import books, commands, places

NOTEBOOKS = [*books.lessons(), *books.figures()]


@pytest.fixture(scope="module")
def outcomes(request):
    """Those that were asked for, two at a time where memory allows."""
    wanted = {item.callspec.params["path"] for item in request.session.items if item.originalname == test_it_runs.__name__}
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print()
        done = commands.execute(sorted(wanted, key=NOTEBOOKS.index), places.ROOT / "target" / "test-figures", "QUICK")
    return {outcome.name: outcome for outcome in done}


def test_there_are_lessons_and_figures():
    assert books.lessons() and books.figures()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(outcomes, path):
    assert outcomes[path.stem].error == ""
