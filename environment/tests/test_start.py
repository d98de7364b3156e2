"""The first steps of a command: Python, the lock, the virtual environment."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import context
from hopwise_environment import lock, places, processes, venv
from hopwise_environment.problem import Problem

HOLD = "import sys; sys.path.insert(0, sys.argv[1]); from hopwise_environment import lock, places; from pathlib import Path; "
HOLD += "places.WORK = Path(sys.argv[2]); held = lock.take(); print('held', flush=True); sys.stdin.read()"


class StartTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_without_python_every_script_says_so(self):
        (self.folder / "dirname").symlink_to("/usr/bin/dirname")
        for name in ["figures", "test", "lab", "classpath", "spark", "bench", "run"]:
            answer = subprocess.run(
                ["/bin/sh", str(places.ENVIRONMENT / name)], env={"PATH": str(self.folder)}, capture_output=True, text=True
            )
            self.assertEqual(1, answer.returncode)
            self.assertIn("there is no python3 on the PATH", answer.stderr)
            self.assertIn("apt install python3", answer.stderr)

    def test_too_old_a_python_is_told_apart(self):
        code = f"import sys; sys.version_info = (3, 8, 1); exec(open({str(places.ENVIRONMENT / 'run.py')!r}).read())"
        answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        self.assertEqual(1, answer.returncode)
        self.assertRegex(answer.stderr, r"^Python 3\.8 was found as .*; Hopwise needs Python 3\.10 or newer")

    def test_a_second_run_is_refused_and_a_killed_one_leaves_no_lock(self):
        with mock.patch.object(places, "WORK", self.folder):
            command = [sys.executable, "-c", HOLD, str(places.ENVIRONMENT), str(self.folder)]
            with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
                self.assertEqual("held\n", holder.stdout.readline())
                with self.assertRaisesRegex(Problem, f"Another command is at work in this folder .process {holder.pid}."):
                    lock.take()
                holder.kill()
            lock.take().close()

    def test_a_half_made_environment_is_not_ready(self):
        requirements_done = self.folder / "tools-installed"
        python = self.folder / "python"
        with mock.patch.object(venv, "_DONE", requirements_done), mock.patch.object(places, "VENV_PYTHON", python):
            self.assertFalse(venv.is_ready())
            python.touch()
            self.assertFalse(venv.is_ready(), "killed before the mark was written")
            requirements_done.write_text("other requirements")
            self.assertFalse(venv.is_ready(), "requirements have changed")
            requirements_done.write_text(venv._fingerprint())
            self.assertTrue(venv.is_ready())

    def test_a_foreign_environment_is_left_alone(self):
        (self.folder / "precious").touch()
        with (
            mock.patch.object(places, "VENV", self.folder),
            mock.patch.object(venv, "_OWNED", self.folder / "made-by-hopwise"),
            mock.patch.object(venv, "_DONE", self.folder / "tools-installed"),
            self.assertRaisesRegex(Problem, "was not made by Hopwise.*Move it away and try again"),
        ):
            venv.set_up()
        self.assertTrue((self.folder / "precious").exists())

    def test_an_incomplete_venv_module_names_the_package(self):
        with (
            mock.patch("importlib.util.find_spec", return_value=None),
            self.assertRaisesRegex(Problem, "apt install python3-venv"),
        ):
            venv.make(self.folder / "new", self.folder / "log")

    def test_a_failing_command_shows_its_errors_and_where_the_rest_is(self):
        log = self.folder / "log"
        code = "print('noise'); print('[ERROR] the reason'); raise SystemExit(3)"
        with self.assertRaisesRegex(Problem, r"(?s)^It failed\. All of it is in .*log.*\[ERROR\] the reason"):
            processes.run([sys.executable, "-c", code], log, "It failed")


if __name__ == "__main__":
    unittest.main()
