import io
import unittest

import context  # noqa: F401
from hopwise_environment.meter import Meter


class Terminal(io.StringIO):
    def isatty(self):
        return True


class MeterTest(unittest.TestCase):
    def test_plain_lines_where_there_is_no_terminal(self):
        stream = io.StringIO()
        self.use(Meter(2, stream))
        self.assertEqual("one done\n", stream.getvalue())

    def test_a_bar_on_a_terminal_that_results_stay_above(self):
        stream = Terminal()
        self.use(Meter(2, stream))
        self.assertIn("] 0/2  0:00  one, cell 1 of 3", stream.getvalue())
        self.assertIn("\r\x1b[Kone done\n", stream.getvalue())
        self.assertIn("[############------------] 1/2", stream.getvalue())

    @staticmethod
    def use(meter):
        meter.at("one, cell 1 of 3")
        meter.result("one done")
        meter.close()


if __name__ == "__main__":
    unittest.main()
