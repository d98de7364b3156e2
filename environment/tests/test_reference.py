import json
import re
import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
import folders
from PIL import Image
from hopwise_environment import places, reference, results
from hopwise_environment.problem import Problem

TABLE = '"task","seed","x"\n"a",0,0.5\n"a",1,0.25\n'


class ReferenceTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.output = Path(folder.name) / "out"
        self.kept = Path(folder.name) / "reference"

    def run_and_keep(self, **options):
        folders.run(self.output, "fig2_a", **({"tables": {"x": TABLE}, "claims": {"fig2_c": folders.claim("c")}} | options))
        return reference.keep("fig2_a", self.output, self.kept)

    def check(self, tolerance=1e-6):
        return reference.check("fig2_a", self.output, tolerance, self.kept)

    def names(self):
        return sorted(path.relative_to(self.kept).as_posix() for path in self.kept.rglob("*") if path.is_file())

    def test_tables_and_claims_are_kept_with_how_they_came_to_be(self):
        self.assertEqual(2, self.run_and_keep())
        names = ["fig2_a/claims/fig2_c.csv", "fig2_a/picture.png", "fig2_a/provenance.json", "fig2_a/x.csv"]
        self.assertEqual(names, self.names())
        self.assertEqual(TABLE, (self.kept / "fig2_a" / "x.csv").read_text())
        made = reference.provenance("fig2_a", self.kept)
        self.assertEqual({"x": "0 to 1"}, made["seeds"])
        self.assertEqual({"c": "seeds = 20"}, made["settings"])
        self.assertEqual({"c": "holds"}, made["verdicts"])
        self.assertEqual(("0.1.0", "FULL", 62), (made["version"], made["profile"], made["seconds"]))
        self.assertRegex(made["date"], r"^\d{4}-\d\d-\d\d$")
        self.assertRegex(made["machine"], r"^\w+ [\w-]+, \d+ cores?$")

    def test_a_small_picture_is_kept(self):
        self.run_and_keep()
        with Image.open(self.kept / "fig2_a" / "picture.png") as picture:
            self.assertEqual(((1200, 600), "RGB"), (picture.size, picture.mode))

    def test_the_notebooks_readme_shows_the_picture_of_every_figure_and_no_other(self):
        shown = re.findall(r'src="../(data/reference/[^"]+)"', (places.NOTEBOOKS / "README.md").read_text(encoding="utf-8"))
        kept = [path.relative_to(places.ROOT).as_posix() for path in reference.FOLDER.glob("*/picture.png")]
        self.assertEqual(sorted(kept), sorted(set(shown)))

    def test_what_was_kept_before_goes_away_with_it(self):
        self.run_and_keep()
        (self.kept / ".fig2_a.left").mkdir()
        self.run_and_keep(tables={"y": TABLE})
        self.assertEqual(["fig2_a/claims/fig2_c.csv", "fig2_a/picture.png", "fig2_a/provenance.json", "fig2_a/y.csv"], self.names())
        self.assertEqual(["fig2_a"], [path.name for path in self.kept.iterdir()])

    def test_only_what_the_run_wrote_is_kept(self):
        folders.write(self.output / "tables" / "fig2_a" / "old.csv", TABLE)
        folders.write(self.output / "claims" / "fig3_other.csv", folders.claim("other"))
        self.run_and_keep()
        self.assertEqual(["fig2_a/claims/fig2_c.csv", "fig2_a/picture.png", "fig2_a/provenance.json", "fig2_a/x.csv"], self.names())

    def test_only_full_runs_are_kept(self):
        with self.assertRaisesRegex(Problem, "not from a FULL run; .*--profile full --keep fig2_a"):
            self.run_and_keep(profile="QUICK")

    def test_a_picture_drawn_since_is_not_of_that_run(self):
        self.run_and_keep()
        (self.output / "fig2_a.png").write_text("drawn in a notebook")
        self.assertIsNone(results.read(self.output, "fig2_a"))

    def test_nothing_to_keep_keeps_nothing(self):
        self.assertEqual(0, self.run_and_keep(tables={}, claims={}))
        self.assertFalse(self.kept.exists())

    def test_the_same_run_is_the_same(self):
        self.run_and_keep()
        self.assertEqual((True, "same"), self.check())

    def test_a_difference_says_where(self):
        self.run_and_keep()
        folders.run(self.output, "fig2_a", tables={"x": TABLE.replace("0.25", "0.26")}, claims={"fig2_c": folders.claim("c")})
        same, words = self.check()
        self.assertFalse(same)
        self.assertEqual("differs (table x, column x, row 2: 0.26 now, 0.25 in the reference)", words)
        self.assertEqual((True, "same (to 0.02 of a column's scale)"), self.check(tolerance=0.1))

    def test_another_verdict_is_a_difference_and_other_words_are_not(self):
        self.run_and_keep()
        told = folders.claim("c", statement="In other words.")
        folders.run(self.output, "fig2_a", tables={"x": TABLE}, claims={"fig2_c": told})
        self.assertEqual((True, "same"), self.check())
        told = folders.claim("c", verdict="holds in part")
        folders.run(self.output, "fig2_a", tables={"x": TABLE}, claims={"fig2_c": told})
        self.assertIn("differs (claim fig2_c, column verdict, row 1: holds in part now", self.check()[1])

    def test_a_table_too_few_or_too_many_is_a_difference(self):
        self.run_and_keep()
        folders.run(self.output, "fig2_a", tables={"y": TABLE}, claims={"fig2_c": folders.claim("c")})
        self.assertEqual((False, "differs (table x is in the reference but was not written)"), self.check())
        folders.run(self.output, "fig2_a", tables={"a": TABLE, "x": TABLE}, claims={"fig2_c": folders.claim("c")})
        self.assertEqual((False, "differs (table a is not in the reference)"), self.check())

    def test_no_reference_is_said(self):
        self.assertEqual((False, "no reference"), self.check())

    def test_a_damaged_provenance_is_a_problem(self):
        folders.write(self.kept / "fig2_a" / "provenance.json", "{")
        with self.assertRaisesRegex(Problem, "provenance.json is damaged"):
            self.check()

    def test_a_redrawn_figure_carries_where_its_tables_are_from(self):
        self.run_and_keep()
        made = reference.provenance("fig2_a", self.kept)
        folders.run(self.output, "fig2_a", profile="REFERENCE", tables={"x": TABLE}, kept=made)
        self.assertEqual(62, results.read(self.output, "fig2_a")["reference"]["seconds"])
        text = json.dumps(made)
        self.assertNotIn(str(self.output), text)


if __name__ == "__main__":
    unittest.main()
