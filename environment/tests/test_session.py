"""A session with the kernel that is set up."""

import math
import unittest

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

    def test_a_failing_cell_is_an_error_with_its_code(self):
        with Session(places.KERNEL_SPEC.parent) as session:
            session.wait_until_ready()
            with self.assertRaisesRegex(CellError, "the cell 'missing' failed"):
                session.execute("missing")
            self.assertEqual(0, session.exit())


if __name__ == "__main__":
    unittest.main()
