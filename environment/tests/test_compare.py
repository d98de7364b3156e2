import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
from hopwise_environment import compare
from hopwise_environment.problem import Problem


class CompareTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def difference(self, before, now, **options):
        (self.folder / "before.csv").write_text(before, encoding="utf-8")
        (self.folder / "now.csv").write_text(now, encoding="utf-8")
        return compare.tables(self.folder / "before.csv", self.folder / "now.csv", **({"tolerance": 1e-6} | options))

    def test_equal_tables_do_not_differ(self):
        text = '"task","seed","x"\n"on, off",0,NaN\n"sparse",,-Infinity\n"sparse",2,1.0E-5\n'
        self.assertEqual(("", 0.0), self.difference(text, text))

    def test_numbers_may_differ_by_a_share_of_their_columns_scale(self):
        found, deviation = self.difference("x\n100.0\n0.001\n", "x\n100.0\n0.00105\n")
        self.assertEqual("", found)
        self.assertAlmostEqual(5e-7, deviation)
        found, _ = self.difference("x\n100.0\n0.001\n", "x\n100.0\n0.0012\n")
        self.assertEqual("column x, row 2: 0.0012 now, 0.001 in the reference", found)

    def test_a_looser_tolerance_is_heard(self):
        self.assertEqual("", self.difference("x\n1.0\n", "x\n1.0005\n", tolerance=1e-3)[0])

    def test_whole_numbers_and_strings_must_be_equal(self):
        self.assertIn("column n, row 1: 1000001 now", self.difference("n\n1000000\n", "n\n1000001\n", tolerance=0.1)[0])
        self.assertIn("column s, row 2: b now", self.difference("s\na\na\n", "s\na\nb\n")[0])

    def test_a_column_of_zeros_is_compared_as_it_is(self):
        self.assertEqual("", self.difference("x\n0.0\n", "x\n1.0E-17\n")[0])
        self.assertIn("row 1: 0.1 now", self.difference("x\n0.0\n", "x\n0.1\n")[0])

    def test_missing_and_infinite_values_differ_from_numbers(self):
        for value in ["", "NaN", "Infinity"]:
            self.assertIn("row 2", self.difference("x\n1.0\n2.0\n", f'x\n1.0\n"{value}"\n', tolerance=0.9)[0], value)
            self.assertIn("row 2", self.difference(f'x\n1.0\n"{value}"\n', "x\n1.0\n2.0\n", tolerance=0.9)[0], value)

    def test_other_columns_or_rows_are_said(self):
        self.assertEqual("columns: a, c now, a, b in the reference", self.difference("a,b\n1,2\n", "a,c\n1,2\n")[0])
        self.assertEqual("rows: 1 now, 2 in the reference", self.difference("a\n1\n2\n", "a\n1\n")[0])

    def test_columns_of_wording_are_left_out(self):
        self.assertEqual("", self.difference("s,x\nold,1\n", "s,x\nnew,1\n", ignored=("s",))[0])

    def test_a_damaged_file_is_a_problem(self):
        for text in ["", "a,b\n1\n"]:
            with self.assertRaisesRegex(Problem, "is damaged"):
                self.difference(text, "a\n1\n")


if __name__ == "__main__":
    unittest.main()
