import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
from hopwise_environment import books
from hopwise_environment.problem import Problem

NAMES = ["net1_x", "fig10_c", "rm1_x", "fig2_b", "real1_worm", "01_build_a_task", "supp1_s", "README", "fig1_a"]


class BooksTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name in NAMES:
            (self.folder / f"{name}.ipynb").touch()

    def names(self, *ids):
        return [path.stem for path in books.select(ids, self.folder)]

    def test_figures_come_in_reading_order_and_lessons_apart(self):
        self.assertEqual(["fig1_a", "fig2_b", "fig10_c", "supp1_s", "real1_worm", "rm1_x", "net1_x"], self.names())
        self.assertEqual(["01_build_a_task"], [path.stem for path in books.lessons(self.folder)])

    def test_a_figure_may_be_named_by_its_first_word(self):
        self.assertEqual(["fig1_a"], self.names("fig1"))
        self.assertEqual(["rm1_x", "fig10_c"], self.names("rm1", "fig10_c", "rm1_x"))

    def test_an_unknown_figure_lists_the_known_and_is_a_usage_error(self):
        with self.assertRaises(Problem) as raised:
            self.names("fig3")
        self.assertIn("no figure 'fig3'. The figures are:\n  fig1_a\n  fig2_b\n", str(raised.exception))
        self.assertEqual(2, raised.exception.status)

    def test_no_figures_at_all_is_a_problem(self):
        with tempfile.TemporaryDirectory() as empty, self.assertRaisesRegex(Problem, "no figure notebook"):
            books.select([], Path(empty))


if __name__ == "__main__":
    unittest.main()
