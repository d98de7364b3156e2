"""How the scripts hang together."""

import ast
import graphlib
import sys

import context  # noqa: F401
from hopwise_environment import places

PACKAGE = places.ENVIRONMENT / "hopwise_environment"
# What runs in the system's Python, before the tools are there.
EARLY = {"start", "options", "books", "jdk", "lock", "places", "problem", "processes", "files", "venv"}


def modules():
    paths = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]
    return {path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."): path for path in paths}


def imports(path, everywhere=True):
    """Names of modules and packages that a file imports, ours by their own names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    within = path.parent.relative_to(PACKAGE).parts
    found = set()
    for node in ast.walk(tree) if everywhere else tree.body:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            base = [*within[: len(within) + 1 - node.level], *([node.module] if node.module else [])]
            names = [".".join([*base, alias.name]) for alias in node.names]
            found |= {name if name in modules() else ".".join(base) for name in names}
    return found


def test_no_two_files_import_each_other_on_any_way():
    graph = {name: imports(path) & modules().keys() for name, path in modules().items()}
    assert "venv" in graph["start"] and "bench.rows" in graph["bench.report"], "the imports were read"
    order = list(graphlib.TopologicalSorter(graph).static_order())
    assert order[-1] == "start", "the start needs all, and nothing needs it"


def test_set_up_needs_the_standard_library_alone():
    for name in EARLY:
        needed = imports(modules()[name], everywhere=False) - sys.stdlib_module_names
        assert needed <= EARLY, f"{name} imports {needed - EARLY}"


def test_every_template_has_a_page():
    used = (PACKAGE / "gallery.py").read_text(encoding="utf-8") + "page.html page.css book"
    assert {path.name for path in (PACKAGE / "templates").iterdir() if path.name not in used} == set()
