"""Every notebook, in the real kernel, in QUICK."""

import pytest

import context  # noqa: F401
from hopwise_environment import books, commands, lessons, places

NOTEBOOKS = [*books.lessons(), *books.figures()]
SOURCES = {path.name for path in lessons.sources()}


@pytest.fixture(scope="module")
def outcomes(request):
    """Those that were asked for, two at a time where memory allows."""
    tests = (test_it_runs.__name__, test_an_untouched_exercise_says_not_yet.__name__)
    asked = {item.callspec.params["path"].name for item in request.session.items if item.originalname in tests}
    wanted = [path for path in NOTEBOOKS if path.name in asked]
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print()
        done = commands.execute(wanted, places.ROOT / "target" / "test-figures", "QUICK")
    return {outcome.name: outcome for outcome in done}


def test_there_are_lessons_and_figures():
    assert books.lessons() and books.figures()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(outcomes, path):
    assert outcomes[path.stem].error == ""


@pytest.mark.parametrize("path", [path for path in books.lessons() if path.name in SOURCES], ids=lambda path: path.stem)
def test_an_untouched_exercise_says_not_yet(outcomes, path):
    executed = places.ROOT / "target" / "test-figures" / "notebooks" / path.name
    said = lessons.verdicts(lessons.read(executed))
    assert said and set(said.values()) == {False}, said
