"""The options of environment/figures, and the check with computing left out."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import context  # noqa: F401
import folders
from hopwise_environment import commands, places, reference
from hopwise_environment.options import parse

TABLE = "x\n0.5\n"


class CheckTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.output = Path(folder.name) / "out"
        patch = mock.patch.object(reference, "FOLDER", Path(folder.name) / "reference")
        patch.start()
        self.addCleanup(patch.stop)

    def compute(self, name, table=TABLE):
        folders.run(self.output, name, tables={"x": table})

    def keep(self, *names):
        for name in names:
            self.compute(name)
        with contextlib.redirect_stdout(io.StringIO()) as said:
            commands.keep(names, self.output)
        return said.getvalue()

    def check(self, names, execute):
        with contextlib.redirect_stdout(io.StringIO()) as said, mock.patch.object(commands, "execute", execute):
            status = commands.check([Path(f"{name}.ipynb") for name in names], self.output, 1e-6)
        return status, said.getvalue().splitlines()

    def test_all_the_same_is_a_success(self):
        self.keep("fig1_a", "fig2_b")
        status, lines = self.check(["fig1_a", "fig2_b"], lambda books, output, profile: [])
        self.assertEqual(0, status)
        self.assertEqual(["fig1_a  same", "fig2_b  same"], lines[1:3])
        self.assertIn("1e-06", lines[3])

    def test_anything_else_is_told_in_a_line_and_is_no_success(self):
        self.keep("fig1_a", "fig2_b", "fig3_c")

        def execute(notebooks, output, profile):
            self.assertEqual("FULL", profile)
            self.assertEqual(["fig1_a", "fig2_b", "fig3_c"], [path.stem for path in notebooks], "no reference, no run")
            self.compute("fig2_b", "x\n0.75\n")
            outcomes = {"fig1_a": "", "fig2_b": "", "fig3_c": "a cell failed"}
            return [SimpleNamespace(name=name, error=error) for name, error in outcomes.items()]

        status, lines = self.check(["fig1_a", "fig2_b", "fig3_c", "fig4_d"], execute)
        self.assertEqual(1, status)
        self.assertEqual("fig1_a  same", lines[1])
        different = "fig2_b  differs (table x, column x, row 1: 0.75 now, 0.5 in the reference); reference of "
        self.assertTrue(lines[2].startswith(different), lines[2])
        self.assertTrue(lines[3].startswith("fig3_c  failed"), lines[3])
        self.assertEqual("fig4_d  no reference", lines[4])

    def test_what_was_kept_is_said(self):
        self.assertIn("fig1_a: 1 file kept in", self.keep("fig1_a"))

    def test_options_that_do_not_fit_are_usage_errors(self):
        never = [["--keep"], ["--keep", "--profile", "quick"], ["--check", "--profile", "full"], ["--tolerance", "-1"], ["--new", "fig1"]]
        for options in never:
            with contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit) as ended:
                parse(["figures", *options])
            self.assertEqual(2, ended.exception.code, options)

    def test_options_may_stand_anywhere_among_words(self):
        asked = parse(["spark", "run", "--java", "/a jdk", "one.ipynb", "two.ipynb"])
        self.assertEqual(("run", ["one.ipynb", "two.ipynb"], "/a jdk"), (asked.action, asked.notebooks, asked.java))
        self.assertEqual(["default", "time"], parse(["bench", "default", "--busy", "time"]).rows)
        self.assertEqual(["--no-browser", "x"], parse(["lab", "--no-browser", "x"]).rest)

    def test_a_check_never_touches_the_results(self):
        self.assertNotEqual(places.output(), places.CHECK)


if __name__ == "__main__":
    unittest.main()
