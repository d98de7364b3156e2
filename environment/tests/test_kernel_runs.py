"""The kernel that is set up, run for real."""

import contextlib
import io
import json
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import context
import nbformat
from hopwise_environment import books, hosts, places, runner


def notebook(path, *cells):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    book.metadata.kernelspec = {"name": "java", "display_name": "Java", "language": "java"}
    nbformat.write(book, path)
    return path


SWEPT = """
import org.hopwise.figure.*; import org.hopwise.sweep.*; import tech.tablesaw.api.*;
import java.nio.file.*; import java.util.*;

Table table = Results.table("fig1_try", "t", () -> Sweep.over("x", List.of(0, 1, 2, 3)).threads(1).run(point -> {
    int x = point.value("x", Integer.class);
    if (x == 2 && Files.exists(Path.of("STOP"))) { Runtime.getRuntime().halt(1); }
    try {
        Files.writeString(Path.of("RUNS"), x + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (java.io.IOException fault) {
        throw new java.io.UncheckedIOException(fault);
    }
    return Table.create(IntColumn.create("y", new int[] {x * x}));
}));

Figure.lines(table, "x", "y").describe("Squares.").save("fig1_try");
""".strip()


def children():
    """The Java processes that this one has."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = status.read_text().rsplit(")", 1)
        except OSError:
            continue
        if name.endswith("(java") and rest.split()[1] == str(os.getpid()) and rest.split()[0] != "Z":
            found.append(status.parent.name)
    return found


class KernelRunsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        specs = places.KERNEL_SPEC.parents[1]
        self.use(JUPYTER_PATH=str(specs), JUPYTER_PREFER_ENV_PATH="1", HOPWISE_PROFILE="QUICK")
        self.addCleanup(lambda: self.assertEqual([], children(), "no kernel is left behind"))

    def use(self, **variables):
        patch = mock.patch.dict(os.environ, variables)
        patch.start()
        self.addCleanup(patch.stop)

    def execute(self, *cells, timeout=60):
        execution = runner.Execution(notebook(self.folder / "fig1_try.ipynb", *cells), timeout)
        return execution, execution.run()

    def data(self, execution, cell):
        return execution.notebook.cells[cell].outputs[0].data

    def test_everything_shows_as_it_should_and_two_runs_write_the_same_file(self):
        executions = [runner.Execution(context.HERE / "show_everything.ipynb", 60) for _ in range(2)]
        self.assertEqual(["", ""], [execution.run() for execution in executions])
        self.assertEqual(*(nbformat.writes(execution.notebook) for execution in executions))
        execution = executions[0]
        self.assertIn("<table>", self.data(execution, 1)["text/html"])
        self.assertIn("0.5123", self.data(execution, 1)["text/plain"])
        self.assertTrue(self.data(execution, 2)["image/png"].startswith("iVBOR"))
        self.assertIn("&lt;direct&gt;", self.data(execution, 3)["text/html"])
        self.assertEqual(1, len(execution.notebook.cells[4].outputs), "one line of progress, as it ended")
        self.assertIn('value="300"', self.data(execution, 4)["text/html"])
        self.assertEqual({"text/plain": "a <b>text</b> as it is"}, dict(self.data(execution, 5)))
        self.assertGreater(execution.peak_mib, 30)

    def test_a_failing_cell_is_named_with_its_error(self):
        _, error = self.execute("int a = 1;", 'throw new IllegalStateException("alpha is too large");', "a")
        self.assertTrue(error.startswith("fig1_try.ipynb, code cell 2 of 3:\n"), error)
        self.assertIn("alpha is too large", error)
        self.assertLess(len(error.splitlines()), 8)

    def test_a_cell_that_does_not_compile_is_named(self):
        _, error = self.execute("int a = missing;")
        self.assertTrue(error.startswith("fig1_try.ipynb, code cell 1 of 1:\n"), error)
        self.assertIn("missing", error)

    def test_a_kernel_that_ends_is_said(self):
        _, error = self.execute("System.exit(0);")
        self.assertIn("the kernel ended in the middle of a cell", error)

    def test_a_cell_that_takes_too_long_is_said(self):
        _, error = self.execute("Thread.sleep(60_000);", timeout=2)
        self.assertIn("a cell took longer than 2 s", error)

    def test_a_kernel_that_does_not_start_says_its_last_words(self):
        spec = json.loads((places.KERNEL_SPEC / "kernel.json").read_text(encoding="utf-8"))
        spec["argv"] = ["/bin/sh", "-c", "echo no kernel today; exit 1"]
        place = self.folder / "jupyter" / "kernels" / "java"
        place.mkdir(parents=True)
        (place / "kernel.json").write_text(json.dumps(spec))
        self.use(JUPYTER_PATH=str(self.folder / "jupyter"))
        _, error = self.execute("System.out.println(1);")
        self.assertIn("fig1_try.ipynb: the kernel did not start", error)
        self.assertIn("no kernel today", error)

    def test_two_at_a_time_come_back_in_order_and_each_on_a_line(self):
        paths = [notebook(self.folder / f"{n:02}_try.ipynb", f"Thread.sleep({3000 - 1500 * n});") for n in (1, 2)]
        with contextlib.redirect_stdout(io.StringIO()) as said:
            outcomes = runner.run(paths, self.folder / "out", "QUICK", 60, jobs=2)
        self.assertEqual([("01_try", ""), ("02_try", "")], [(outcome.name, outcome.error) for outcome in outcomes])
        self.assertRegex(said.getvalue(), r"^1 of 2  0\d_try  [\d.]+ s, peak memory \d+ MiB\n2 of 2  0\d_try  ")

    def test_a_notebook_that_leaves_no_figure_fails_and_keeps_its_results(self):
        output = self.folder / "out"
        output.mkdir()
        (output / "fig1_try.png").write_text("earlier")
        path = notebook(self.folder / "fig1_try.ipynb", "int a = 1;")
        with mock.patch.object(places, "WORK", self.folder / "work"):
            outcome = runner.run_one(runner.Execution(path, 60, output=output))
        self.assertIn("did not write fig1_try.png, fig1_try.svg, fig1_try.csv, fig1_try.json", outcome.error)
        self.assertEqual("earlier", (output / "fig1_try.png").read_text())
        self.assertTrue((self.folder / "work" / "failed" / "fig1_try.ipynb").is_file())

    def test_a_notebook_that_was_killed_goes_on_where_it_was(self):
        output, runs = self.folder / "out", self.folder / "runs"
        swept = SWEPT.replace("RUNS", str(runs)).replace("STOP", str(self.folder / "stop"))
        path = notebook(self.folder / "fig1_try.ipynb", *swept.split("\n\n"))
        (self.folder / "stop").touch()

        def run(resumed):
            return runner.run_one(runner.Execution(path, 60, output=output, warm=free), resumed)

        with mock.patch.object(places, "WORK", self.folder / "work"), hosts.Hosts() as free:
            killed = run(resumed=True)
            self.assertIn("the kernel ended in the middle of a cell", killed.error)
            (self.folder / "stop").unlink()
            fresh = run(resumed=False)
            self.assertEqual("", fresh.error)
            self.assertEqual("0\n1\n0\n1\n2\n3\n", runs.read_text(), "not resumed: all anew, and what is kept stays")
            runs.write_text("0\n1\n")
            resumed = run(resumed=True)
            self.assertEqual("", resumed.error)
            self.assertEqual("0\n1\n2\n3\n", runs.read_text(), "each run once")
            self.assertTrue(json.loads((output / "runs" / "fig1_try.json").read_text())["resumed"])
            again = run(resumed=True)
        self.assertEqual("", again.error)
        self.assertNotIn("resumed", json.loads((output / "runs" / "fig1_try.json").read_text()))
        self.assertEqual(8, len(runs.read_text().split()), "a run to the end leaves nothing to go on with")
        table = (output / "tables" / "fig1_try" / "t.csv").read_text()
        self.assertEqual('"x","seed","y"\n0,0,0\n1,0,1\n2,0,4\n3,0,9\n', table)

    def test_figures_are_known_by_their_names(self):
        self.assertIsNotNone(books.FIGURE.fullmatch("fig1_try"))


if __name__ == "__main__":
    unittest.main()
