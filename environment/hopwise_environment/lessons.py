"""Lessons have one source, notebooks/source: from it come the student's copy, in which a solution is folded text, and the
teacher's, in which it is a cell that runs."""

import json
import re

from . import files, places
from .problem import Problem

SOURCE = places.NOTEBOOKS / "source"
TEACHER = places.ROOT / "target" / "teacher"
PARTS = ("stub", "check", "solution", "note")
WIDTH = 88
_TURN = re.compile(r"// your turn\n(.*?)// end\n?", re.DOTALL)
_SAID = re.compile(r"\b(Right: exercise (\d\d\.\d+) is done\.|Not yet: )")


def sources():
    """The sources, in order."""
    return sorted(SOURCE.glob("*.ipynb"))


def read(path):
    """A notebook as JSON."""
    return json.loads(path.read_text(encoding="utf-8"))


def write(notebook):
    """The text of a notebook's file."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def text(cell):
    """What stands in a cell."""
    return "".join(cell["source"])


def part(cell):
    """Exercise and part of a cell; two times nothing for a cell of the lesson itself."""
    mark = cell["metadata"].get("hopwise", {})
    return mark.get("exercise", ""), mark.get("part", "")


def student(notebook):
    """The copy that is given out: solutions folded, notes left out."""
    return _copy(notebook, lambda cell: _folded(cell) if part(cell)[1] == "solution" else cell, without=("note",))


def teacher(notebook):
    """The copy with solutions: each runs after its stub, before the check."""
    cells = []
    for cell in notebook["cells"]:
        if part(cell)[1] == "solution":
            check = next(i for i, other in enumerate(cells) if part(other) == (part(cell)[0], "check"))
            cells.insert(check, cell)
        else:
            cells.append(cell)
    return _copy({**notebook, "cells": cells}, lambda cell: cell)


def tried(notebook):
    """The student's copy, untouched, and behind it the code from the first exercise on with the solutions in place: one
    run shows what every check says of both."""
    answers = {part(cell)[0]: cell for cell in notebook["cells"] if part(cell)[1] == "solution"}
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and part(cell)[1] != "solution"]
    first = next((number for number, cell in enumerate(code) if part(cell)[0]), len(code))
    again = [answers[part(cell)[0]] if part(cell)[1] == "stub" else cell for cell in code[first:]]
    return _copy({**notebook, "cells": [*student(notebook)["cells"], *again]}, lambda cell: cell)


def apart(executed, notebook):
    """An executed copy of that kind, taken apart: the student's copy, and what the checks said of the solutions."""
    own = len(student(notebook)["cells"])
    return {**executed, "cells": executed["cells"][:own]}, verdicts({"cells": executed["cells"][own:]})


def _copy(notebook, change, without=()):
    cells = [dict(change(cell)) for cell in notebook["cells"] if part(cell)[1] not in without]
    numbered = [{**cell, "id": f"cell-{number:02}"} for number, cell in enumerate(cells)]
    return {**notebook, "cells": numbered}


def _folded(cell):
    lines = f"<details><summary>Solution</summary>\n\n```java\n{text(cell)}\n```\n\n</details>".splitlines(keepends=True)
    return {"cell_type": "markdown", "id": cell["id"], "metadata": cell["metadata"], "source": lines}


def faults(path):
    """What is wrong with a source, in sentences."""
    notebook = read(path)
    found = []
    marks = [part(cell) for cell in notebook["cells"] if part(cell)[0]]
    for exercise in sorted({mark[0] for mark in marks}):
        if exercise[:2] != path.stem[:2]:
            found.append(f"exercise {exercise} is numbered for another lesson")
        for needed in ("stub", "check", "solution"):
            if marks.count((exercise, needed)) != 1:
                found.append(f"exercise {exercise} needs one {needed}")
        around = [_TURN.sub("", text(cell)) for cell in notebook["cells"] if part(cell) in ((exercise, "stub"), (exercise, "solution"))]
        if len(set(around)) != 1 or around[0].count("your turn"):
            found.append(f"exercise {exercise}: stub and solution differ outside '// your turn' and '// end'")
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and any(len(line) > WIDTH for line in text(cell).splitlines()):
            found.append(f"a line is wider than {WIDTH}: {max(text(cell).splitlines(), key=len)}")
    return found


def build():
    """Writes both copies of every lesson; returns how many lessons there are."""
    for path in sources():
        wrong = faults(path)
        if wrong:
            raise Problem(f"{places.shown(path)}: {wrong[0]}.")
        files.write(places.NOTEBOOKS / path.name, write(student(read(path))))
        files.write(TEACHER / path.name, write(teacher(read(path))))
    return len(sources())


def verdicts(notebook):
    """What the checks of an executed notebook said, by exercise: whether the answer was right."""
    said = {}
    for cell in notebook["cells"]:
        exercise, kind = part(cell)
        if kind == "check":
            words = "".join("".join(output.get("data", {}).get("text/plain", "")) for output in cell.get("outputs", []))
            said[exercise] = words.startswith("Right: ") if _SAID.search(words) else None
    return said


def report(paths):
    """One line a notebook: how many of its exercises are right."""
    lines = []
    for path in paths:
        try:
            said = verdicts(read(path))
        except (OSError, ValueError, KeyError, TypeError) as error:
            lines.append(f"{path}: not a notebook ({error})")
            continue
        right = [exercise for exercise, answer in said.items() if answer]
        missing = [exercise for exercise, answer in said.items() if answer is None]
        line = f"{path.name}: {len(right)} of {len(said)} right"
        line += f" ({', '.join(right)})" if right else ""
        lines.append(line + (f"; not run: {', '.join(missing)}" if missing else ""))
    return lines
