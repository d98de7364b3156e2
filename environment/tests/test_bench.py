"""The harness of the benchmarks: turns, ratios, tables. Nothing here is timed for real."""

import importlib.util
import json
import sys
import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
from hopwise_environment import places
from hopwise_environment.bench import command, contest, peers, report, rows
from hopwise_environment.problem import Problem

FAKE = """
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "prepare":
        print(json.dumps({"versions": {"fake": request["work"], "read": str(request.get("read"))}}), flush=True)
    elif request["do"] == "run":
        print(json.dumps({"seconds": 0.25 * request["count"], "processor": 0.125}), flush=True)
    else:
        sys.exit("out of numbers")
"""


class Paced:
    """A contestant that takes so long for each piece of work, and writes its turns down."""

    def __init__(self, name, seconds, turns):
        self.name = name
        self._seconds = seconds
        self._turns = turns

    def run(self, count):
        self._turns.append((self.name, count))
        return self._seconds * count


class ContestTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_contestants_take_turns_and_change_who_begins(self):
        turns = []
        sides = [Paced("a", 0.1, turns), Paced("b", 0.2, turns), Paced("c", 0.4, turns)]
        times = contest.alternate(sides, seconds=0.8, repetitions=4)
        self.assertEqual("abcbcacababc", "".join(name for name, _ in turns[-12:]))
        self.assertEqual({("a", 8), ("b", 4), ("c", 2)}, set(turns[-12:]), "turns of about the time asked for")
        for name, each in [("a", 0.1), ("b", 0.2), ("c", 0.4)]:
            self.assertEqual([4, each], [len(times[name]), round(times[name][0], 9)], "seconds of one piece of work")

    def test_work_that_takes_longer_than_a_turn_is_done_once(self):
        turns = []
        contest.alternate([Paced("slow", 20.0, turns)], seconds=0.5, repetitions=2)
        self.assertEqual({("slow", 1)}, set(turns))

    def test_everyone_warms_up_before_the_first_turn(self):
        turns = []
        contest.alternate([Paced("a", 0.5, turns)], seconds=0.5, repetitions=2, warm=3.0)
        self.assertEqual(6 + 2, len(turns))

    def test_warming_up_lasts_until_turns_stop_getting_faster(self):
        pace = [1.0, 0.5, 0.25, 0.1, 0.1, 0.1]
        counts = []

        class Waking:
            name = "waking"

            def run(self, count):
                counts.append(count)
                return count * pace[min(len(counts), len(pace)) - 1]

        contest.alternate([Waking()], seconds=1.0, repetitions=1)
        self.assertEqual([1, 1, 2, 4, 10, 10], counts)

    def test_a_ratio_is_taken_turn_by_turn(self):
        self.assertEqual([2, 2, 4], contest.ratios([1, 2, 1], [2, 4, 4]))
        with self.assertRaises(ValueError):
            contest.ratios([1, 2], [1])

    def test_the_fastest_has_the_smallest_median(self):
        self.assertEqual("b", contest.fastest({"a": [1, 5, 5], "b": [4, 4, 9], "c": [0]}, ["a", "b"]))

    def test_results_are_compared_by_the_largest_of_them(self):
        self.assertAlmostEqual(0.01, contest.largest_difference([1.0, -100.0], [0.0, -100.0]))
        self.assertEqual(0, contest.largest_difference([0.0], [0.0]))
        self.assertEqual(float("inf"), contest.largest_difference([1.0], [1.0, 2.0]))

    def test_a_busy_machine_counts_the_time_of_the_processor(self):
        with contest.Contestant("fake", [sys.executable, "-c", FAKE], None, self.folder / "log", clock="processor") as side:
            self.assertEqual(0.125, side.run(4))

    def test_a_contestant_is_a_process_that_answers_lines(self):
        log = self.folder / "log"
        with contest.Contestant("fake", [sys.executable, "-c", FAKE], None, log, {"read": False}) as side:
            side.prepare({"work": "hops", "read": True})
            self.assertEqual({"fake": "hops", "read": "False"}, side.versions, "a variant changes the work")
            self.assertEqual(1.0, side.run(4))
            with self.assertRaisesRegex(Problem, "(?s)fake ended in the middle of its work.*out of numbers"):
                side.check()


class ReportTest(unittest.TestCase):
    ROW = rows.Row(
        "twice",
        "some work",
        {"work": "hops"},
        ("JAX", "PyTorch", "SciPy"),
        (rows.Goal(("JAX", "PyTorch"), 1.5, 3),),
        units=2,
    )

    def test_a_line_a_peer_with_medians_ranges_and_ratios_of_one_unit(self):
        first, second = report.row_lines(self.ROW, {"Hopwise": [2.0, 4.0, 2.0], "JAX": [4.0, 8.0, 6.0], "PyTorch": [9, 9, 9]})
        self.assertEqual("1 s (1 s to 2 s)", first["ours"])
        self.assertEqual("3 s (2 s to 4 s)", first["theirs"])
        self.assertEqual("2 x (2 x to 3 x)", first["ratio"])
        self.assertEqual(("1.5 x", "3 x", "bar"), (first["bar"], first["aim"], first["verdict"]))
        self.assertEqual(("PyTorch", "", ""), (second["peer"], second["bar"], second["verdict"]), "a goal is set against the faster")

    def test_a_row_without_a_peer_that_is_there_has_a_line_of_ours(self):
        (only,) = report.row_lines(self.ROW, {"Hopwise": [2.0, 4.0, 2.0]})
        self.assertEqual(("some work", "1 s (1 s to 2 s)", ""), (only["work"], only["ours"], only["peer"]))
        self.assertEqual("some work\n    Hopwise 1 s (1 s to 2 s)", report.plain([only]))

    def test_a_verdict_says_which_goal_was_reached(self):
        self.assertEqual(["missed", "bar", "aim"], [report.verdict(value, 1, 2) for value in (0.99, 1, 2)])
        reached = [report.start_line([seconds])["verdict"] for seconds in (7.0, 6.0, 3.0)]
        self.assertEqual(["missed", "bar", "aim"], reached, "of seconds, fewer are better")

    def test_a_work_that_nobody_else_does_is_set_against_seconds(self):
        row = rows.Row("alone", "a work of ours", {"work": "fixed points"}, (), (), seconds=(5, 1))
        (line,) = report.row_lines(row, {"Hopwise": [2.0, 0.5, 3.0]})
        self.assertEqual(("", "5 s", "1 s", "bar"), (line["peer"], line["bar"], line["aim"], line["verdict"]))

    def test_the_share_of_the_peak_counts_products_only_against_the_best_library(self):
        row = next(row for row in rows.ROWS if row.name == "middle")
        work = row.work
        flop = 3 * 2 * work["batch"] * work["length"] * (32 * 128 + 128 * 128)
        self.assertEqual(flop, rows.product_flop(work))
        product = 2 * 2048**3
        line = report.peak_line(row, {"Hopwise": [flop / 40e9], "NumPy": [product / 50e9], "JAX": [product / 100e9]})
        self.assertEqual(("JAX", "40%", "bar"), (line["peer"], line["ratio"], line["verdict"]))

    def test_durations_have_three_digits_and_a_unit(self):
        texts = [report.duration(seconds) for seconds in (0, 5e-9, 1.23456e-4, 0.0123, 1.5, 1234.5)]
        self.assertEqual(["0 ns", "5 ns", "123 µs", "12.3 ms", "1.5 s", "1,234 s"], texts)

    def test_what_is_kept_comes_back_in_the_order_of_the_rows(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for row, date in (("start", "2026-11-22"), ("default", "2026-11-21")):
                about = {"date": date, "processor": "a processor", "clock": "seconds"}
                content = {"versions": {"Java": "17"}, "seconds": {"Hopwise": [1.0, 2.0]}}
                report.keep(folder, row, **about, **content, lines=[report.start_line([1.0])])
            self.assertEqual([1.0, 2.0], json.loads((folder / "start.json").read_text())["seconds"]["Hopwise"])
            lines, environment = report.kept(folder)
        self.assertEqual(2, len(lines))
        self.assertEqual("2026-11-21 to 2026-11-22", environment["date"])
        text = report.markdown(lines, report.about(environment))
        head, rule, first = text.splitlines()[:3]
        self.assertEqual(head.count("|"), first.count("|"))
        self.assertIn("a processor; Java 17.", text)


class PeersTest(unittest.TestCase):
    def test_peers_choose_their_own_blas_kernel_and_we_keep_what_is_set(self):
        inherited = {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_L2_SIZE": "512", "PATH": "/bin"}
        theirs = peers.environment("NumPy", 1, inherited)
        self.assertEqual(("/bin", "1"), (theirs["PATH"], theirs["OPENBLAS_NUM_THREADS"]))
        self.assertFalse({"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"} & set(theirs))
        self.assertEqual("Haswell", peers.environment(rows.OURS, 1, inherited)["OPENBLAS_CORETYPE"])

    def test_jax_has_one_thread_only_where_it_is_to_have_one(self):
        self.assertIn("intra_op_parallelism_threads=1", peers.environment("JAX", 1, {})["XLA_FLAGS"])
        self.assertNotIn("XLA_FLAGS", peers.environment("JAX", 2, {}))

    def test_every_row_names_peers_that_there_are(self):
        known = {*peers.LIBRARIES, *rows.VARIANTS}
        for row in rows.ROWS:
            self.assertLessEqual(set(row.peers), known)
            for goal in row.goals:
                self.assertLessEqual(set(goal.peers), set(row.peers))
                self.assertLess(goal.bar, goal.aim)
            self.assertTrue(row.peers or row.seconds, "something to compare with")

    def test_every_peer_has_a_script_for_its_rows_and_a_bound_for_what_both_give(self):
        spec = importlib.util.spec_from_file_location("contestant", peers.SCRIPTS / "contestant.py")
        contestant = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(contestant)
        for row in rows.ROWS:
            work = row.work["work"]
            libraries = {rows.VARIANTS.get(peer, (peer, {}))[0] for peer in row.peers} - {rows.OURS}
            for library in libraries:
                script = contestant.WORKS[peers.LIBRARIES[library], work]
                self.assertTrue((peers.SCRIPTS / f"{script}.py").is_file(), script)
            if row.peers:
                self.assertIn(work, command.SAME)

    def test_rows_are_chosen_by_name(self):
        self.assertEqual(["dense"], command.choose(["dense"], quick=False))
        self.assertEqual(list(rows.NAMES), command.choose([], quick=False))
        self.assertFalse({"sparse", "fly", "cost"} & set(command.choose([], quick=True)))
        with self.assertRaisesRegex(Problem, "no row speed. Rows: default, middle"):
            command.choose(["speed"], quick=False)

    def test_the_table_goes_between_its_marks_and_over_nothing_else(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "table.md").write_text("| new |\n")
            page = folder / "page.md"
            page.write_text(f"before\n{command.BEGIN}\n| old |\n{command.END}\nafter\n")
            command.write_markdown(folder, page)
            self.assertEqual(f"before\n{command.BEGIN}\n| new |\n{command.END}\nafter\n", page.read_text())
            page.write_text("something else")
            with self.assertRaisesRegex(Problem, "no place for the table"):
                command.write_markdown(folder, page)
            page.unlink()
            command.write_markdown(folder, page)
            self.assertEqual("| new |\n", page.read_text())

    def test_the_scripts_of_the_peers_are_there(self):
        self.assertTrue((peers.SCRIPTS / "contestant.py").is_file())
        self.assertTrue((places.ENVIRONMENT / "bench").stat().st_mode & 0o111)


if __name__ == "__main__":
    unittest.main()
