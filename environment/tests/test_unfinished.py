"""Which runs of a notebook are still good to go on with."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import context  # noqa: F401
from hopwise_environment import places, results


class UnfinishedTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        patch = mock.patch.object(places, "WORK", self.folder / "work")
        patch.start()
        self.addCleanup(patch.stop)
        self.notebook = self.folder / "fig1_try.ipynb"
        self.notebook.write_text("{}")
        self.data = self.folder / "data"
        (self.data / "reference").mkdir(parents=True)
        (self.data / "edges.csv").write_text("1,2\n")

    def kept(self, profile="FULL"):
        here = results.unfinished(self.notebook, profile, self.data)
        here.mkdir(parents=True, exist_ok=True)
        return here

    def test_the_same_notebook_finds_its_runs_again(self):
        (self.kept() / "run").touch()
        (self.data / "reference" / "new.csv").touch()
        self.assertTrue((self.kept() / "run").is_file())

    def test_a_changed_notebook_or_changed_data_begin_anew(self):
        for change in (lambda: self.notebook.write_text("{ }"), lambda: (self.data / "edges.csv").write_text("1,3\n")):
            before = self.kept()
            change()
            self.assertNotEqual(before, self.kept())
            self.assertFalse(before.exists(), "what older cells did is gone")

    def test_profiles_and_other_notebooks_are_left_alone(self):
        full, quick = self.kept("FULL"), self.kept("QUICK")
        other = full.with_name(full.name.replace("fig1_try", "fig1_try2"))
        other.mkdir()
        self.notebook.write_text("{ }")
        self.kept("QUICK")
        self.assertEqual([True, False, True], [full.exists(), quick.exists(), other.exists()])


if __name__ == "__main__":
    unittest.main()
