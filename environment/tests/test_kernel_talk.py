"""What a user meets in a notebook, in the kernel that is set up."""

import os
import re
import statistics
import time

import pytest

import context  # noqa: F401
from hopwise_environment import places

from talk import IMPORTS, Talk


TRAINED = """
var start = RecurrentNetwork.random(task, 8, Activation.TANH, Seed.of(1));
var trained = Trainer.adam(1e-3).updates(20).batch(4).train(start, task);
"""


@pytest.fixture(scope="module")
def kernel():
    os.environ["HOPWISE_JAVADOC"] = "/static/apidocs/index.html"
    with Talk() as talk:
        del os.environ["HOPWISE_JAVADOC"]
        assert talk.run(IMPORTS + "var task = Tasks.averaging();\n" + TRAINED).status == "ok"
        yield talk


class TestHelp:
    @pytest.mark.parametrize(
        ("code", "signature", "words"),
        [
            ("Penalty.hopwise(1e-3, ", "Penalty Penalty.hopwise(double beta, double alpha, int length)", "hop by hop"),
            ("Penalty.hopwise", "Penalty Penalty.hopwise(double beta, double alpha, int length)", "hop by hop"),
            ("Penalty", "Penalty", "added to the loss"),
            ("task", "task:HierarchicalTask", "hierarchically modular task"),
            ("task.optimalMap(", "HierarchicalTask.optimalMap(int hop)", "influence of each input on each output"),
            ("Activation.TANH", "Activation.TANH", "tanh"),
            ("Table.create(", "Table Table.create(String tableName)", "empty table"),
            ('Table.create("t").sortOn(', "Table Table.sortOn(String... columnNames)", "sorted"),
            ("import org.hopwise.io.*;\nNetworkFile.load(", "NetworkFile.load(Path file)", "Reads a trained network"),
        ],
    )
    def test_shift_tab_gives_signature_and_javadoc(self, kernel, code, signature, words):
        shown = kernel.help(code)
        assert signature in shown["text/plain"] and words in shown["text/plain"], shown
        assert "<code>" in shown["text/html"] and words in shown["text/html"]
        assert "{@" not in shown["text/plain"], "no tags of Javadoc are left"

    def test_the_cursor_may_stand_inside_the_name_and_after_an_emoji(self, kernel):
        code = 'String s = "😀"; Penalty.hopwise(1e-3, 0.8, 10)'
        assert "Penalty.hopwise(double beta" in kernel.help(code, code.index("hopwise") + 3)["text/plain"]

    def test_what_nobody_knows_gives_nothing(self, kernel):
        assert kernel.help("nothing.here") is None

    def test_it_takes_little_of_the_processor_once_warm(self, kernel):
        for _ in range(3):
            kernel.help("Trainer.adam(1e-3).updates(")
        used = []
        for _ in range(9):
            before = kernel.processor_seconds()
            kernel.help("Trainer.adam(1e-3).updates(")
            used.append(kernel.processor_seconds() - before)
        assert statistics.median(used) < 0.3, used

    def test_help_for_who_does_not_know_the_keys(self, kernel):
        (result,) = kernel.run("Notebook.help(Penalty.class)").displays
        assert "added to the loss" in result["text/html"] and "hopwise(double beta" in result["text/html"]
        assert "hop by hop" in result["text/plain"]

    def test_the_help_menu_has_the_javadoc(self, kernel):
        assert {"text": "Hopwise Javadoc", "url": "/static/apidocs/index.html"} in kernel.info()["help_links"]


class TestCompletion:
    def test_own_methods_come_before_those_of_every_object(self, kernel):
        offered, replaced = kernel.offers("task.")
        names = [offer.split("(")[0] for offer in offered]
        assert names[0] == "batch" and replaced == (5, 5)
        assert max(names.index(own) for own in ("shape", "steps", "noise")) < names.index("equals")
        assert set(names[names.index("equals") :]) <= {"equals", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait"}

    def test_static_methods_come_before_class(self, kernel):
        offered, _ = kernel.offers("Tasks.")
        assert offered[0] == "addition()" and offered[-1] == "class"

    def test_a_cell_with_imports_and_an_emoji(self, kernel):
        code = 'import org.hopwise.io.*;\nString s = "😀"; NetworkFile.lo'
        offered, replaced = kernel.offers(code)
        assert offered == ["load(", "loadGated("] and code[slice(*replaced)] == "lo"


class TestErrors:
    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("int a = 1;\nvar t = Tasks.averagin();", "Line 2: there is no method averagin in Tasks. Did you mean averaging()?"),
            ("taks.shape()", "Line 1: there is no variable taks. Did you mean task or "),
            ("Weigths w = null;", "Line 1: there is no class Weigths. Did you mean Weights?"),
            ("task.shapes()", "there is no method shapes in HierarchicalTask. Did you mean shape()?"),
            ("Figure f = null;", "there is no class Figure. Import it: import org.hopwise.figure.Figure;"),
            ("import org.hopwise.taks.*;", "package org.hopwise.taks does not exist. Did you mean org.hopwise.task"),
            ("int n = \"text\";", "Line 1: incompatible types"),
            ("for (int i = 0; i < 3; i++) {\n  System.out.println(i);\n", "Line 1: the { opened here is never closed"),
            ("int n = 3;\n}", "Line 2: this } closes nothing."),
            ("task.batch(3, Seed.of(1)", "Line 1: the ( opened here is never closed"),
            ("var s = \"no end;\n1 + 1", "Line 1: the text that begins here does not end with \"."),
            ("int n =", "Line 1: the cell ends in the middle of a statement."),
        ],
    )
    def test_what_does_not_compile_is_said_with_its_line(self, kernel, code, words):
        outcome = kernel.run(code)
        assert outcome.error.startswith(words) or words in outcome.error, outcome.error
        assert outcome.reply["traceback"] == outcome.errors[0]["traceback"]

    def test_a_trace_ends_where_the_cell_ends(self, kernel):
        assert kernel.run("double half(double[] x) {\n  return x[1] / 2;\n}").status == "ok"
        error = kernel.run("int n = 1;\nhalf(new double[1])").error
        assert error.splitlines() == [
            "ArrayIndexOutOfBoundsException: Index 1 out of bounds for length 1",
            "    at half, an earlier cell",
            "    at line 2 of this cell",
        ]

    def test_the_toolkits_own_errors_keep_their_sentence(self, kernel):
        outcome = kernel.run("Penalty.l1(-1);")
        assert outcome.errors[0]["ename"] == "IllegalArgumentException"
        assert outcome.error.startswith("IllegalArgumentException: beta") and outcome.error.endswith("at line 1 of this cell")
        assert not re.search(r"jshell|jjava|reflect|concurrent", outcome.error)

    def test_a_cause_is_said_too(self, kernel):
        error = kernel.run('throw new RuntimeException("outer", new IllegalStateException("inner"));').error
        assert "RuntimeException: outer" in error and "Caused by IllegalStateException: inner" in error

    def test_endless_recursion_takes_a_few_lines(self, kernel):
        kernel.run("int down(int n) { return down(n + 1) + 1; }")
        error = kernel.run("down(0)").error
        assert error.startswith("StackOverflowError") and len(error.splitlines()) < 12

    def test_the_kernel_works_after_errors(self, kernel):
        assert kernel.run("1 + 1").results == [{"text/plain": "2"}]


class TestOutput:
    def test_twenty_thousand_lines_come_in_order(self, kernel):
        outcome = kernel.run("for (int i = 0; i < 20_000; i++) { System.out.println(i); }", timeout=120)
        assert outcome.text == "".join(f"{i}\n" for i in range(20_000))

    def test_letters_of_all_scripts(self, kernel):
        outcome = kernel.run('System.out.println("größer ∑ 漢字 😀"); "α→β 😀"')
        assert outcome.text == "größer ∑ 漢字 😀\n"
        assert outcome.results == [{"text/plain": "α→β 😀"}]

    def test_a_cell_may_ask(self, kernel):
        outcome = kernel.run('System.out.println("Hello " + new Scanner(System.in).nextLine());', answer="Äpfel")
        assert outcome.text == "Hello Äpfel\n"

    def test_where_nobody_can_answer_that_is_said(self, kernel):
        assert "NoSuchElementException" in kernel.run("new Scanner(System.in).nextLine()").error

    def test_progress_is_one_line(self, kernel):
        outcome = kernel.run(
            "int updates = Trainer.adam(1e-3).updates(200).batch(4).listen(Progress.display()).train(start, task)"
            ".history().updates();"
        )
        assert len(outcome.displays) == 1 and 'value="200"' in outcome.updates[-1]["text/html"]


class TestValues:
    ADDRESS = re.compile(r"@[0-9a-f]{5,8}\b|Lambda")

    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("start.weights()", "text/html"),
            ("start", "text/html"),
            ("trained", "image/png"),
            ("trained.history()", "image/png"),
            ("InfluenceMap.of(trained.weights(), WalkMeasure.resolvent(0.8).normalised())", "image/png"),
            ("HopDecomposition.of(trained.weights(), 10)", "image/png"),
            ("task.batch(3, Seed.of(1))", "image/png"),
            ("task", "text/plain"),
            ("WalkMeasure.communicability().normalised()", "text/plain"),
            ("(WalkMeasure) hop -> 1.0 / hop", "text/plain"),
            ("Penalty.hopwise(1e-3, 0.8, 10)", "text/plain"),
            ("Wiring.random(20, 60, Seed.of(1))", "text/plain"),
            ("new double[] {0.01, 0.04}", "text/plain"),
            ("new double[][] {{1, 2}, {3, 4}}", "text/plain"),
            ("Map.of(\"a\", new double[] {1})", "text/plain"),
            ("task.optimalMap()", "text/plain"),
            ("trained.history().toTable()", "text/html"),
        ],
    )
    def test_every_value_shows_itself(self, kernel, code, kind):
        (data,) = kernel.run(code).results
        assert kind in data
        assert not self.ADDRESS.search(data["text/plain"]) and len(data["text/plain"]) < 3_000, data["text/plain"]

    def test_numbers_have_four_digits(self, kernel):
        assert kernel.run("1.0 / 3").results == [{"text/plain": "0.3333"}]
        assert kernel.run("System.out.println(1.0 / 3);").text == "0.3333333333333333\n"

    def test_a_cell_that_ends_with_printf_shows_what_it_printed(self, kernel):
        outcome = kernel.run('System.out.printf("%d of %d%n", 3, 4);')
        assert (outcome.text, outcome.results) == ("3 of 4\n", [])


class TestStop:
    NEXT = 'System.out.println("next");'

    def check(self, kernel, code, words, after=1.0):
        outcome, seconds = kernel.stopped(code, after)
        assert outcome.status == "error"
        assert words in outcome.error and len(outcome.error.splitlines()) == 1, outcome.error
        assert kernel.run(self.NEXT).text == "next\n"
        assert kernel.is_at_rest(), "nothing goes on behind the cell"
        return seconds

    def test_a_cell_that_sleeps(self, kernel):
        self.check(kernel, "Thread.sleep(60_000);", "Stopped.")

    def test_a_cell_of_many_statements(self, kernel):
        self.check(kernel, "Thread.sleep(300);\n" * 200, "Stopped.")

    def test_a_training_of_three_million_updates(self, kernel):
        kernel.run("var network = RecurrentNetwork.random(task, 32, Activation.TANH, Seed.of(1));")
        self.check(kernel, "Trainer.adam(3e-3).updates(3_000_000).train(network, task);", "Stopped", after=4)

    def test_a_cell_that_prints_without_end(self, kernel):
        self.check(kernel, "for (int i = 0; ; i++) { System.out.println(i); }", "Stopped.")

    def test_a_cell_that_does_not_listen_ends_when_it_prints(self, kernel):
        busy = "while (true) { long end = System.nanoTime() + 2_000_000_000L; while (System.nanoTime() < end) { }"
        outcome, _ = kernel.stopped(busy + ' System.out.println("late"); }')
        assert outcome.status == "error"
        assert kernel.run("Thread.sleep(5_000);\n" + self.NEXT).text == "next\n", "its next word is not heard"
        assert kernel.is_at_rest(), "it ended by force, or by that word"

    def test_stop_of_nothing_does_nothing(self, kernel):
        kernel._manager.interrupt_kernel()
        time.sleep(0.5)
        assert kernel.run(self.NEXT).text == "next\n"


def test_an_endless_loop_ends_or_the_user_is_told_and_a_restart_forgets_everything():
    with Talk() as kernel:
        feature = int(kernel.run("int kept = 1;\nSystem.out.println(Runtime.version().feature());").text)
        outcome, _ = kernel.stopped("int n = 0;\nwhile (true) { n++; }")
        assert kernel.run(TestStop.NEXT).text == "next\n"
        if feature < 20:
            assert outcome.error.startswith("Stopped by force")
            assert kernel.is_at_rest()
        else:
            assert "goes on" in outcome.error and "Restart the kernel" in outcome.error
        assert kernel.run("kept").results == [{"text/plain": "1"}]
        kernel.restart()
        assert "there is no variable kept" in kernel.run("kept").error
        assert kernel.run("1 + 1").results == [{"text/plain": "2"}]


def test_the_first_snippet_of_the_readme_runs_in_an_empty_notebook(tmp_path, monkeypatch):
    readme = (places.ROOT / "README.md").read_text(encoding="utf-8")
    snippet = re.search(r"```java\n(.*?)```", readme, re.DOTALL).group(1)
    monkeypatch.chdir(tmp_path)
    with Talk() as kernel:
        outcome = kernel.run(snippet, timeout=180)
        assert outcome.errors == []
        assert "image/png" in outcome.results[0]
    assert (tmp_path / "subtraction.npz").is_file()


def test_a_plain_jjava_with_the_toolkit_on_its_class_path_shows_values(tmp_path):
    import json

    spec = json.loads((places.KERNEL_SPEC / "kernel.json").read_text(encoding="utf-8"))
    at = spec["argv"].index("org.hopwise.notebook.kernel.KernelMain")
    spec["argv"][at] = "org.dflib.jjava.distro.JJava"
    (tmp_path / "java").mkdir()
    (tmp_path / "java" / "kernel.json").write_text(json.dumps(spec))
    with Talk(tmp_path) as kernel:
        kernel.run(IMPORTS)
        (data,) = kernel.run('Table.create("t", DoubleColumn.create("v", 0.51234))').results
        assert "0.5123" in data["text/html"]
        assert "Weights@" not in kernel.run("Tasks.averaging()").results[0]["text/plain"]
