"""Both copies of every lesson, as built. What its exercises say is seen in test_notebooks.py, where it runs."""

import json

import pytest

import context  # noqa: F401
from hopwise_environment import lessons, places

SOURCES = lessons.sources()
IDS = [path.stem for path in SOURCES]


def code(source, kind=None, exercise="03.1"):
    metadata = {"hopwise": {"exercise": exercise, "part": kind}} if kind else {}
    return {"cell_type": "code", "id": "x", "metadata": metadata, "source": [source], "outputs": [], "execution_count": None}


def sample(*cells):
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


STUB = code("// your turn\nint a = 1;\n// end\nint b = a;", "stub")
CHECK = code('Exercise.check("03.1", b)', "check")
SOLUTION = code("// your turn\nint a = 2;\n// end\nint b = a;", "solution")
NOTE = {**code("Known.", "note"), "cell_type": "markdown"}


def test_the_student_reads_a_solution_and_does_not_run_it():
    cells = lessons.student(sample(STUB, CHECK, SOLUTION, NOTE))["cells"]
    assert ["code", "code", "markdown"] == [cell["cell_type"] for cell in cells]
    assert lessons.text(cells[2]).startswith("<details><summary>Solution</summary>\n\n```java\n// your turn\nint a = 2;")
    assert "Known." not in json.dumps(cells)


def test_the_teacher_runs_it_between_stub_and_check():
    cells = lessons.teacher(sample(STUB, CHECK, SOLUTION, NOTE))["cells"]
    assert ["stub", "solution", "check", "note"] == [lessons.part(cell)[1] for cell in cells]


def test_one_run_tries_the_stub_and_the_solution():
    later = code("b + 1")
    notebook = sample(code("int c = 0;"), NOTE, STUB, CHECK, SOLUTION, later)
    cells = lessons.tried(notebook)["cells"]
    texts = [lessons.text(cell) for cell in cells]
    given = lessons.student(notebook)["cells"]
    assert cells[: len(given)] == given
    assert texts[len(given) :] == [lessons.text(cell) for cell in (SOLUTION, CHECK, later)]
    assert len({cell["id"] for cell in cells}) == len(cells)
    say = lambda cell, words: {**cell, "outputs": [{"data": {"text/plain": words}}]} if lessons.part(cell)[1] == "check" else cell
    for number, cell in enumerate(cells):
        cells[number] = say(cell, "Not yet: no." if number < len(given) else "Right: exercise 03.1 is done.")
    own, solutions = lessons.apart({"cells": cells}, notebook)
    assert lessons.verdicts(own) == {"03.1": False} and solutions == {"03.1": True}


def test_stub_and_solution_may_differ_only_between_the_marks(tmp_path):
    path = tmp_path / "03_x.ipynb"
    path.write_text(lessons.write(sample(STUB, CHECK, SOLUTION)))
    assert lessons.faults(path) == []
    other = code("// your turn\nint a = 2;\n// end\nint b = a + 1;", "solution")
    path.write_text(lessons.write(sample(STUB, CHECK, other, code("x" * 89))))
    outside, wide = lessons.faults(path)
    assert outside.startswith("exercise 03.1: stub and solution differ outside")
    assert wide.startswith("a line is wider than 88: " + "x" * 24)
    path.write_text(lessons.write(sample(STUB)))
    assert "exercise 03.1 needs one check" in lessons.faults(path)


def test_a_report_counts_what_is_right(tmp_path):
    done = {**CHECK, "outputs": [{"data": {"text/plain": "Right: exercise 03.1 is done."}}]}
    open_ = {**code("", "check", "03.2"), "outputs": [{"data": {"text/plain": ["Not yet: no."]}}]}
    path = tmp_path / "anna.ipynb"
    path.write_text(lessons.write(sample(done, open_, code("", "check", "03.3"))))
    assert lessons.report([path]) == ["anna.ipynb: 1 of 3 right (03.1); not run: 03.3"]


def test_there_are_sources():
    assert len(SOURCES) >= 6


@pytest.mark.parametrize("path", SOURCES, ids=IDS)
def test_a_lesson_has_all_its_parts(path):
    assert lessons.faults(path) == []
    notebook = lessons.read(path)
    words = "\n".join(lessons.text(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    for needed in ("**Goals.**", "*Needs: ", " minutes.", "$$", "| symbol" if path.stem[:2] not in ("07", "11") else "|", "**Predict.**",
                   "**Look.**", "## Exercise 1 (easy)", "## Exercise 2 (hard", "## Often misread", "## Recap", "Next: ["):  # fmt: skip
        assert needed in words, needed
    for target in lessons_linked(words):
        # Lessons of other sources may not be there yet; figures must.
        assert target[:2].isdigit() or (places.NOTEBOOKS / target).is_file(), target


def lessons_linked(words):
    return [piece.split(")")[0] for piece in words.split("](")[1:] if piece.split(")")[0].endswith(".ipynb")]


@pytest.mark.parametrize("path", SOURCES, ids=IDS)
def test_the_copy_given_out_is_the_one_built(path):
    assert (places.NOTEBOOKS / path.name).read_text(encoding="utf-8") == lessons.write(lessons.student(lessons.read(path)))
