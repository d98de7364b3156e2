"""Kernels that follow each other in one virtual machine."""

import contextlib
import io
import os
from unittest import mock

import context  # noqa: F401
import nbformat
import pytest
from hopwise_environment import kernels, places, runner

# Two such do not fit into a kernel.
LARGE = "var large = new byte[(int) (Runtime.getRuntime().maxMemory() / 10 * 6 >> 19)][1 << 19];"
PID = "ProcessHandle.current().pid()"
NOTEBOOKS = {
    # Threads of libraries that the first one starts may remember it as long as the host lives, but no later one.
    "00_zeroth": (PID, 'System.out.println("zeroth");'),
    "01_first": (PID, f"int secret = 41; {LARGE}", 'System.out.println("first");', 'System.getProperty("user.dir")'),
    "02_second": (
        PID,
        """String.join(" ", System.getProperty("hopwise.profile"), System.getProperty("hopwise.output"),
            System.getProperty("hopwise.unfinished"))""",
        f"{LARGE} large[0].length",
        'tech.tablesaw.api.Table.create(tech.tablesaw.api.IntColumn.create("x", 7))',
        'System.out.println("second");',
        "secret",
    ),
    "03_restless": (PID, "new Thread(() -> { while (true) { } }).start();"),
    "04_ends": (PID, "System.exit(0);"),
    "05_last": (PID, "6 * 7"),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The notebooks above, one after another: their cells as executed, their errors, and the folder of their results."""
    folder = tmp_path_factory.mktemp("hosts")
    output, work = folder / "out", folder / "work"
    (folder / "elsewhere").mkdir()
    for name, cells in NOTEBOOKS.items():
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        book.metadata.kernelspec = {"name": "java", "display_name": "Java", "language": "java"}
        nbformat.write(book, (folder / "elsewhere" if name == "01_first" else folder) / f"{name}.ipynb")
    settings = {**kernels.VARIABLES, "HOPWISE_PROFILE": "FULL"}
    with mock.patch.object(places, "WORK", work), mock.patch.dict(os.environ, settings):
        with contextlib.redirect_stdout(io.StringIO()):
            paths = sorted(folder.rglob("*.ipynb"), key=lambda path: path.name)
            outcomes = runner.run(paths, output, "QUICK", 60, resumed=True, warm=True, folder=folder)
    executed = [*(output / "notebooks").iterdir(), *(work / "failed").iterdir()]
    cells = {path.stem: nbformat.read(path, 4).cells for path in executed}
    return cells, {outcome.name: outcome.error for outcome in outcomes}, output


def value(cell):
    """The one thing that a cell shows."""
    (shown,) = cell.outputs
    return shown.text if shown.output_type == "stream" else shown.data["text/plain"]


def pids(run):
    return [value(run[0][name][0]) for name in NOTEBOOKS]


def test_a_notebook_follows_another_in_the_same_process_wherever_their_files_are(run):
    zeroth, first, second, *_ = pids(run)
    assert zeroth == first == second


def test_it_works_in_the_folder_that_was_named(run):
    cells, _, output = run
    assert value(cells["01_first"][3]) == str(output.parent)


def test_it_sees_nothing_of_the_one_before(run):
    cells, errors, _ = run
    assert errors["01_first"] == ""
    assert errors["02_second"].startswith("02_second.ipynb, code cell 6 of 6:\n"), errors["02_second"]
    assert "secret" in errors["02_second"]
    assert [cell.execution_count for cell in cells["02_second"]] == [1, 2, 3, 4, 5, 6]
    assert value(cells["01_first"][2]) == "first\n"
    assert value(cells["02_second"][4]) == "second\n"


def test_what_the_one_before_held_is_given_back(run):
    assert int(value(run[0]["02_second"][2])) == 1 << 19


def test_each_kernel_knows_its_profile_and_folders_and_shows_tables(run):
    cells, _, output = run
    profile, results, unfinished = value(cells["02_second"][1]).split(" ")
    assert (profile, results) == ("QUICK", str(output))
    assert unfinished.startswith(str(output.parent / "work" / "unfinished" / "02_second-quick."))
    assert "<table>" in cells["02_second"][3].outputs[0].data["text/html"]


def test_after_a_failure_a_thread_left_running_or_an_end_comes_another_process(run):
    _, errors, _ = run
    assert errors["03_restless"] == ""
    assert "the kernel ended in the middle of a cell" in errors["04_ends"]
    assert errors["05_last"] == ""
    assert len(set(pids(run))) == 4


def test_no_process_is_left(run):
    left = [pid for pid in pids(run) if os.path.exists(f"/proc/{pid}")]
    assert left == []
