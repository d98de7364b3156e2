import json
import os
import shlex
import subprocess
import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
import fakes
from hopwise_environment import kernels
from hopwise_environment.problem import Problem

TOOLKIT = [Path("/somewhere/hopwise.jar"), Path("/somewhere/lib/table.jar")]


class KernelsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def spec(self, main_class, jdk=None):
        jar = fakes.jar(self.folder / "kernel.jar", main_class)
        return jar, json.loads(json.dumps(kernels.spec(jar, jdk or fakes.jdk(), TOOLKIT, 3)))

    def test_every_spec_puts_the_toolkit_before_the_kernel(self):
        for kind in kernels.KINDS:
            jar, spec = self.spec(kind.main_class)
            arguments = spec["argv"]
            path = arguments[arguments.index("-cp") + 1]
            self.assertEqual(os.pathsep.join(["/somewhere/hopwise.jar", "/somewhere/lib/table.jar", str(jar)]), path)
            self.assertEqual("/jdk/bin/java", arguments[0])
            self.assertEqual([kind.started_by, "{connection_file}"], arguments[-2:])
            self.assertEqual(("Java", "java", "message"), tuple(spec[k] for k in ("display_name", "language", "interrupt_mode")))

    def test_jjava_is_opened_to_and_started_by_the_toolkit(self):
        _, spec = self.spec("org.dflib.jjava.distro.JJava")
        self.assertIn("jdk.jshell/jdk.jshell=ALL-UNNAMED", spec["argv"])
        self.assertEqual("org.hopwise.notebook.kernel.KernelMain", spec["argv"][-2])
        self.assertEqual({}, spec["env"], "it finds the toolkit by itself, as an extension")

    def test_ijava_registers_the_toolkit(self):
        _, spec = self.spec("io.github.spencerpark.ijava.IJava")
        self.assertEqual({"IJAVA_STARTUP_SCRIPT": "org.hopwise.notebook.Notebook.register();"}, spec["env"])

    def test_the_options_follow_the_jdk(self):
        for jdk, unsafe, vector in [
            (fakes.jdk("17.0.15"), False, True),
            (fakes.jdk("23"), False, True),
            (fakes.jdk("24.0.1"), True, True),
            (fakes.jdk("25.0.3", vector=False), True, False),
        ]:
            arguments = self.spec("io.github.spencerpark.ijava.IJava", jdk)[1]["argv"]
            self.assertEqual(unsafe, "--sun-misc-unsafe-memory-access=allow" in arguments)
            self.assertEqual(vector, "jdk.incubator.vector" in arguments)
            self.assertIn("--enable-native-access=ALL-UNNAMED", arguments)
            self.assertIn("-Xmx3g", arguments)

    def test_what_is_no_kernel_is_refused_with_what_would_be_one(self):
        (self.folder / "text.jar").write_text("no jar")
        fakes.jar(self.folder / "other.jar", "org.example.Main")
        for name, words in [("other.jar", "holds no kernel"), ("text.jar", "cannot be read"), ("none.jar", "cannot be read")]:
            with self.assertRaisesRegex(Problem, f"{name} .*{words}.*Give the jar of a JJava or an IJava"):
                kernels.kind_of(self.folder / name)

    def test_a_shell_reads_the_class_path_as_it_is_whatever_letters_are_in_it(self):
        jars = [Path("/it's a \"clone\"/$HOME/für `uns`/a.jar"), Path("/b.jar")]
        script = kernels.exports(jars) + '\nprintf "%s\\n" "$JJAVA_CLASSPATH" "$IJAVA_CLASSPATH" "$JJAVA_STARTUP_SCRIPT"'
        said = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout.splitlines()
        self.assertEqual([os.pathsep.join(map(str, jars))] * 2 + ["org.hopwise.notebook.Notebook.register();"], said)
        self.assertEqual(4, len(shlex.split(kernels.exports(jars).replace("export ", ""))))

    def test_the_heap_is_sensible(self):
        self.assertIn(kernels.heap_gib(), [1, 2, 3, 4])
