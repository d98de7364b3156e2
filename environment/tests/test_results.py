import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
from hopwise_environment import files, results
from hopwise_environment.problem import Problem


class ResultsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_files_that_a_run_did_not_write_are_named(self):
        for suffix in results.SUFFIXES:
            (self.folder / f"fig1_a{suffix}").write_text("old")
        before = results.snapshot(self.folder, "fig1_a")
        files.write(self.folder / "fig1_a.png", "new")
        (self.folder / "fig1_a.svg").unlink()
        (self.folder / "fig1_a.csv").write_text("")
        self.assertEqual(
            ["fig1_a.svg", "fig1_a.csv", "fig1_a.json"], results.not_renewed(self.folder, "fig1_a", before)
        )

    def test_the_same_result_written_again_counts(self):
        for suffix in results.SUFFIXES:
            (self.folder / f"fig1_a{suffix}").write_text("same")
        before = results.snapshot(self.folder, "fig1_a")
        for suffix in results.SUFFIXES:
            fresh = self.folder / "fresh"
            fresh.write_text("same")
            fresh.replace(self.folder / f"fig1_a{suffix}")
        self.assertEqual([], results.not_renewed(self.folder, "fig1_a", before))

    def test_claims_are_joined_with_every_column(self):
        (self.folder / "claims").mkdir()
        (self.folder / "claims" / "b.csv").write_text('id,verdict,note\nb,fails,"x, ""y"""\n', encoding="utf-8")
        (self.folder / "claims" / "a.csv").write_text("id,verdict\na,hölds\n", encoding="utf-8")
        self.assertEqual(2, results.collect_claims(self.folder))
        text = (self.folder / "claims.csv").read_text(encoding="utf-8")
        self.assertEqual('id,verdict,note\na,hölds,\nb,fails,"x, ""y"""\n', text)

    def test_a_broken_claim_leaves_the_joined_table_alone(self):
        (self.folder / "claims").mkdir()
        (self.folder / "claims" / "a.csv").write_text("id\na,too,many\n")
        (self.folder / "claims.csv").write_text("good")
        with self.assertRaisesRegex(Problem, "more cells"):
            results.collect_claims(self.folder)
        self.assertEqual("good", (self.folder / "claims.csv").read_text())

    def test_no_claims_make_no_table(self):
        self.assertEqual(0, results.collect_claims(self.folder))
        self.assertFalse((self.folder / "claims.csv").exists())

    def test_an_output_folder_that_is_a_file_is_one_sentence(self):
        (self.folder / "file").touch()
        with self.assertRaisesRegex(Problem, "^The output folder .* cannot be written: .*HOPWISE_OUTPUT"):
            files.check_writable(self.folder / "file")

    def test_a_writable_folder_is_left_as_it_was(self):
        files.check_writable(self.folder / "new" / "folder")
        self.assertEqual([], list((self.folder / "new" / "folder").iterdir()))


if __name__ == "__main__":
    unittest.main()
