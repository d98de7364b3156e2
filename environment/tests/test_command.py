"""The launcher of the command line: what it asks of Java, and that its archive of classes never stands in the way."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
from hopwise_environment import places

LAUNCHER = places.ROOT / "toolkit" / "hopwise"

# Writes its arguments down, one a line, and an archive where it is asked for one.
JAVA = """#!/bin/sh
printf '%s\\n' "$@" -- >>"$CALLS"
for word in "$@"; do
  case "$word" in -XX:ArchiveClassesAtExit=*) [ -n "$NO_ARCHIVE" ] && exit 1; echo classes >"${word#*=}"; exit 0 ;; esac
done
exit 7
"""


class CommandTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="a b ")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.launcher = Path(shutil.copy(LAUNCHER, self.folder / "hopwise"))
        self.jar = self.folder / "target" / "hopwise-1.0.jar"
        self.jar.parent.mkdir()
        self.jar.touch()
        java = self.folder / "jdk" / "bin" / "java"
        java.parent.mkdir(parents=True)
        java.write_text(JAVA)
        java.chmod(0o755)
        self.cache = self.folder / "cache"
        self.calls = self.folder / "calls"

    def call(self, *arguments, **more):
        """The Java command lines of one call."""
        told = {"JAVA_HOME": str(self.folder / "jdk"), "HOPWISE_CACHE": str(self.cache), "CALLS": str(self.calls), **more}
        self.calls.write_text("")
        answer = subprocess.run([self.launcher, *arguments], env={**os.environ, **told}, capture_output=True, text=True)
        self.assertEqual((7, ""), (answer.returncode, answer.stderr))
        return [call.split("\n") for call in self.calls.read_text().split("\n--\n")[:-1]]

    def test_the_first_call_keeps_an_archive_and_the_next_one_uses_it(self):
        making, first = self.call("--help")
        (second,) = self.call("--help")
        self.assertTrue(any(word.startswith("-XX:ArchiveClassesAtExit=") for word in making))
        (archive,) = self.cache.iterdir()
        self.assertIn(f"-XX:SharedArchiveFile={archive}", first)
        self.assertEqual(first, second)
        os.utime(archive, (1, 1))
        self.assertEqual(2, len(self.call("--help")), "the jar is newer")

    def test_a_jvm_that_makes_no_archive_is_asked_once(self):
        self.assertEqual(2, len(self.call("--help", NO_ARCHIVE="1")))
        (call,) = self.call("--help", NO_ARCHIVE="1")
        self.assertFalse(any("SharedArchiveFile" in word for word in call))

    def test_a_cache_that_cannot_be_written_is_no_fault(self):
        self.cache.touch()
        (call,) = self.call("inspect", "net.npz")
        self.assertFalse(any("SharedArchiveFile" in word for word in call))

    def test_words_reach_java_as_they_are(self):
        call = self.call("hops", "my net.npz", "--out", "a  b*")[-1]
        self.assertEqual(["org.hopwise.command.Hopwise", "hops", "my net.npz", "--out", "a  b*"], call[-5:])

    def test_only_what_computes_gets_vectors_and_the_second_compiler(self):
        for words in (["--help"], ["hops", "--help"], ["--version"], ["inspect", "net.npz"]):
            call = self.call(*words)[-1]
            self.assertIn("-XX:TieredStopAtLevel=1", call)
            self.assertNotIn("jdk.incubator.vector", call)
        call = self.call("hops", "net.npz")[-1]
        self.assertNotIn("-XX:TieredStopAtLevel=1", call)
        self.assertIn("jdk.incubator.vector", call)

    def test_what_is_missing_is_said(self):
        answer = subprocess.run([self.launcher], env={**os.environ, "JAVA_HOME": "/nowhere"}, capture_output=True, text=True)
        self.assertIn("install a JDK 17 or newer", answer.stderr)
        self.jar.unlink()
        answer = subprocess.run(
            [self.launcher], env={**os.environ, "JAVA_HOME": str(self.folder / "jdk")}, capture_output=True, text=True
        )
        self.assertIn("the jar is not built", answer.stderr)


class BuiltJarTest(unittest.TestCase):
    def test_help_is_the_same_without_with_and_with_a_broken_archive(self):
        with tempfile.TemporaryDirectory() as folder:
            def help_text():
                return subprocess.run(
                    [LAUNCHER, "--help"], env={**os.environ, "HOPWISE_CACHE": folder}, capture_output=True, text=True
                )

            first = help_text()
            self.assertEqual((0, ""), (first.returncode, first.stderr))
            self.assertIn("hopwise inspect net.npz", first.stdout)
            (archive,) = Path(folder).iterdir()
            archive.write_text("no classes")
            second = help_text()
            self.assertEqual((0, "", first.stdout), (second.returncode, second.stderr, second.stdout))


if __name__ == "__main__":
    unittest.main()
