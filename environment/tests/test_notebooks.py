"""Every notebook, in the real kernel, in QUICK: a lesson and a figure alone, as a user opens them, the others one after
another in two hosts."""

import shutil

import pytest

import context  # noqa: F401
from hopwise_environment import books, commands, files, lessons, places

# Short ones last, so that both hosts end together.
NOTEBOOKS = [*books.figures(), *books.lessons()]
ALONE = {books.figures()[0].name, books.lessons()[0].name}
# test_spark.py has the cluster that the other lesson needs.
SOURCES = [path for path in lessons.sources() if path.stem != books.ON_SPARK]
OUTPUT = places.ROOT / "target" / "test-figures"


@pytest.fixture(scope="module")
def outcomes(request, tmp_path_factory):
    """Those that were asked for, two at a time where memory allows; lessons with their solutions behind them, all in the
    folder of the notebooks, so that hosts serve both. The two that run alone are too few for a host."""
    tests = (test_it_runs, test_an_untouched_exercise_says_not_yet, test_every_solution_is_right)
    names = {test.__name__ for test in tests}
    asked = {item.callspec.params["path"].name for item in request.session.items if item.originalname in names}
    folder = tmp_path_factory.mktemp("tried")
    tried = {path.name: folder / path.name for path in SOURCES}
    for path in SOURCES:
        files.write(tried[path.name], lessons.write(lessons.tried(lessons.read(path))))
    wanted = [tried.get(path.name, path) for path in NOTEBOOKS if path.name in asked]
    # The runs that a lesson keeps; it is to make them anew.
    shutil.rmtree(places.ROOT / "target" / "lesson4", ignore_errors=True)
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print()
        done = [
            outcome
            for is_alone in (True, False)
            for outcome in commands.execute(
                [path for path in wanted if (path.name in ALONE) == is_alone], OUTPUT, "QUICK", folder=places.NOTEBOOKS
            )
        ]
    return {outcome.name: outcome for outcome in done}


@pytest.fixture(scope="module")
def solutions(outcomes):
    """What the checks said of the solutions, by lesson; the student's copies are left for the book."""
    said = {}
    for source in SOURCES:
        if source.stem in outcomes and not outcomes[source.stem].error:
            executed = OUTPUT / "notebooks" / source.name
            own, said[source.stem] = lessons.apart(lessons.read(executed), lessons.read(source))
            files.write(executed, lessons.write(own))
    return said


def test_there_are_lessons_and_figures():
    assert books.lessons() and books.figures()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(outcomes, path):
    assert outcomes[path.stem].error == ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_an_untouched_exercise_says_not_yet(solutions, path):
    said = lessons.verdicts(lessons.read(OUTPUT / "notebooks" / path.name))
    assert said and set(said.values()) == {False}, said


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_solution_is_right(solutions, path):
    said = solutions.get(path.stem)
    assert said and set(said.values()) == {True}, said
