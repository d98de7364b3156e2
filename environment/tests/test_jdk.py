import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import context  # noqa: F401
import fakes
from hopwise_environment import jdk
from hopwise_environment.problem import Problem


class JdkTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name) / "jdk"

    def test_versions_are_read_as_people_say_them(self):
        for version, number in [("1.8.0_402", 8), ("11.0.2", 11), ("17.0.15", 17), ("25", 25), ("26-ea", 26)]:
            self.assertEqual(number, jdk.feature(version))

    def test_a_jdk_tells_its_home_version_and_modules(self):
        fakes.java_home(self.home, "25.0.3", "jdk.jshell@{v} jdk.incubator.vector@{v}")
        found = jdk.find(self.home)
        self.assertEqual((self.home, 25, True), (found.home, found.feature, found.has_vector))

    def test_too_old_a_java_is_refused_with_version_need_and_remedy(self):
        fakes.java_home(self.home, "11.0.2")
        self.refused(f"Java 11.0.2 was found in {self.home}; Hopwise needs 17 or newer. Install a JDK")

    def test_a_runtime_without_compiler_is_refused(self):
        fakes.java_home(self.home, "17.0.1", compiler=False)
        self.refused("can run programs but not compile them")

    def test_a_jdk_without_jshell_is_refused(self):
        fakes.java_home(self.home, "17.0.1", modules="jdk.compiler@{v}")
        self.refused("can run programs but not compile them")

    def test_a_folder_without_java_is_named(self):
        self.refused(f"--java is {self.home}, but there is no bin/java in it")

    def test_a_wrong_java_home_is_named(self):
        with mock.patch.dict(os.environ, JAVA_HOME="/nowhere"), self.assertRaisesRegex(Problem, "JAVA_HOME is /nowhere"):
            jdk.find()

    def test_no_java_at_all_is_said(self):
        with mock.patch.dict(os.environ, PATH=str(self.home)):
            os.environ.pop("JAVA_HOME", None)
            with self.assertRaisesRegex(Problem, "No Java was found"):
                jdk.find()

    def refused(self, message):
        with self.assertRaises(Problem) as raised:
            jdk.find(self.home)
        self.assertIn(message, str(raised.exception))


if __name__ == "__main__":
    unittest.main()
