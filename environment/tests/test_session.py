"""A session with the kernel that is set up."""

import math
import os
import tempfile
import unittest
from unittest import mock

import context  # noqa: F401
from hopwise_environment import first_map, places
from hopwise_environment.session import CellError, Session


class SessionTest(unittest.TestCase):
    def test_the_phases_up_to_the_first_map_add_up(self):
        seconds = first_map.measure(places.KERNEL_SPEC.parent)
        total, processor = seconds.pop("total"), seconds.pop("processor")
        self.assertEqual(["kernel", *first_map.CELLS], list(seconds))
        self.assertAlmostEqual(total, sum(seconds.values()), places=6)
        self.assertTrue(processor > 0 or math.isnan(processor))

    def test_the_kernel_is_jjava_that_names_failing_cells_and_leaves_no_font_behind_when_it_has_drawn(self):
        with tempfile.TemporaryDirectory() as folder:
            with mock.patch.dict(os.environ, {"JDK_JAVA_OPTIONS": f"-Djava.io.tmpdir={folder}"}):
                with Session(places.KERNEL_SPEC.parent) as session:
                    session.wait_until_ready()
                    self.assertEqual("jjava", session.implementation().lower())
                    for code in first_map.CELLS.values():
                        session.execute(code)
                    self.assertTrue(os.listdir(folder), "Java keeps the font that it draws with in a file")
                    with self.assertRaisesRegex(CellError, "the cell 'missing' failed"):
                        session.execute("missing")
            self.assertEqual([], os.listdir(folder))


if __name__ == "__main__":
    unittest.main()
