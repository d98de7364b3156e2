import contextlib
import io
import json
import os
import re
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import context  # noqa: F401
from hopwise_environment import archive, first_map, places, session


class ArchiveTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name, place in [("_FOLDER", self.folder / "share")]:
            patch = mock.patch.object(archive, name, place)
            patch.start()
            self.addCleanup(patch.stop)
        self.jar = self.folder / "toolkit.jar"
        self.jar.write_text("one")

    def argv(self, *options):
        return ["/jdk/bin/java", *options, "-cp", str(self.jar), "Main", "{connection_file}"]

    def test_other_jars_another_java_or_other_options_have_another_archive(self):
        first = archive.path(self.argv(), "17.0.15")
        self.assertEqual(first, archive.path(self.argv(), "17.0.15"))
        others = {archive.path(self.argv(), "25.0.1"), archive.path(self.argv("-Xmx2g"), "17.0.15")}
        self.jar.write_text("three")
        others.add(archive.path(self.argv(), "17.0.15"))
        os.utime(self.jar, (1, 1))
        others.add(archive.path(self.argv(), "17.0.15"))
        self.assertEqual(4, len(others - {first}))

    def test_the_archive_stands_before_all_other_options(self):
        used = archive.use({"argv": self.argv("-Xmx2g"), "language": "java"}, Path("/a.jsa"))
        self.assertEqual(["/jdk/bin/java", "-XX:SharedArchiveFile=/a.jsa", "-Xlog:cds*=off", "-Xmx2g"], used["argv"][:4])
        self.assertEqual("java", used["language"])

    def test_a_kernel_that_cannot_make_one_is_asked_once(self):
        place = archive.path(self.argv(), "17.0.15")
        with mock.patch.object(session.Session, "__enter__", side_effect=session.CellError("no kernel today")):
            with contextlib.redirect_stdout(io.StringIO()) as said:
                self.assertEqual(self.argv(), archive.add({"argv": self.argv()}, "17.0.15", may_make=True)["argv"])
            self.assertIn("no kernel today", said.getvalue())
            archive.add({"argv": self.argv()}, "17.0.15", may_make=True)
        self.assertEqual(0, place.stat().st_size, "an empty file marks an archive that could not be made")

    def test_a_kernel_records_an_archive_and_another_starts_from_it(self):
        spec = json.loads((places.KERNEL_SPEC / "kernel.json").read_text(encoding="utf-8"))
        spec["argv"] = [word for word in spec["argv"] if not word.startswith(("-XX:SharedArchiveFile", "-Xlog:cds"))]
        place = archive.path(spec["argv"], "any")
        stale = place.parent / "classes-of-before.jsa"
        stale.parent.mkdir()
        stale.touch()
        used = archive.add(spec, "any", may_make=True)
        self.assertEqual(archive.use(spec, place), used)
        self.assertEqual([place.name], [path.name for path in place.parent.iterdir()])
        loads = self.folder / "loads"
        self.start(used, f"-Xlog:class+load:file={loads}")
        # Of jars whose path has letters that addresses spell otherwise, such as a blank, the JVM archives no classes.
        is_plain = re.fullmatch(r"[\w./-]+", str(places.ROOT), re.ASCII)
        name = "org.hopwise.figure.Figure source: shared" if is_plain else "javax.imageio.ImageIO source: shared"
        self.assertTrue(f"{name} objects file (top)" in loads.read_text(), f"no '{name}' in {loads}")

    def test_a_kernel_starts_in_silence_with_an_archive_that_is_none(self):
        spec = json.loads((places.KERNEL_SPEC / "kernel.json").read_text(encoding="utf-8"))
        wrong = self.folder / "wrong.jsa"
        wrong.write_bytes(b"wrong" * 10_000)
        said = self.start(archive.use(spec, wrong), cells=[first_map.IMPORTS])
        # What JJava itself says at its start is not about the archive.
        self.assertEqual([], [line for line in said if "incubator" not in line and not line.startswith("[I ")])

    def start(self, spec, *options, cells=first_map.CELLS.values()):
        """Runs cells in a kernel of this spec, up to a first map unless told otherwise; returns what the JVM printed."""
        spec["argv"][1:1] = options
        place = self.folder / "kernels" / "java"
        place.mkdir(parents=True)
        (place / "kernel.json").write_text(json.dumps(spec))
        log = self.folder / "log"
        with session.Session(place.parent, log) as kernel:
            kernel.wait_until_ready()
            for code in cells:
                kernel.execute(code)
        return log.read_text().splitlines()


if __name__ == "__main__":
    unittest.main()
