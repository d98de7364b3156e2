"""Builds the toolkit, its Javadoc pages and the benchmarks, unless what was built is of the sources as they stand."""

import contextlib
import hashlib
import os
import shutil
import subprocess

from . import files, places, processes
from .problem import Problem, say
from .processes import run

PAGES = places.TOOLKIT / "target" / "reports" / "apidocs" / "index.html"
# Without what only looks at the sources: formatter and Error Prone.
UNCHECKED = ("-q", "-Dmaven.test.skip", "-Dspotless.check.skip=true", "-Dcompiler.lint=-parameters")
_TOOLKIT = (*UNCHECKED, "-Dmaven.javadoc.skip", "package")
# What can be built: in words, and as Maven is told.
_PARTS = {
    "toolkit": ("the toolkit (the first time this fetches about 150 MB of libraries)", _TOOLKIT),
    "pages": ("the Javadoc pages (once, half a minute)", ("-q", "-pl", "toolkit", "-Dspotless.check.skip=true", "javadoc:javadoc")),
    "spark": ("the toolkit with Apache Spark (the first time this fetches about 280 MB)", ("-Pspark", "-pl", "toolkit,toolkit/spark", *_TOOLKIT)),
    "benchmarks": ("the toolkit and the benchmarks", ("-Pbench", *_TOOLKIT)),
}
# What one package phase makes.
_PACKAGED = ("toolkit", "spark", "benchmarks")
_ON_SPARK = ("-Pspark", "-pl", "toolkit,toolkit/spark", "-Dtest=org.hopwise.spark.**", "-Dsurefire.failIfNoSpecifiedTests=false")
# What is checked of what is packaged: goals by themselves, so that nothing is built again. The compile phase, in which
# nothing is compiled, lets a module see another.
_CHECKS = {
    "toolkit": (
        *("-pl", "toolkit", "-Dtest.excluded=notebooks"),
        *("javadoc:jar@doclint", "surefire:test@default-test", "surefire:test@quick-compiler"),
    ),
    "spark": (*_ON_SPARK, "-Dspotless.check.skip", "-Dmaven.main.skip", "compile", "surefire:test@default-test"),
}


def build(jdk, part="toolkit"):
    """Builds a part, without tests. The toolkit is the jar and the jars that it needs."""
    if is_built(part):
        return
    what, goals = _PARTS[part]
    say(f"Building {what} …")
    asked, environment = command(jdk, *goals)
    _stamp(part).unlink(missing_ok=True)
    run(asked, places.WORK / f"{part}.log", f"Building {what} failed", cwd=places.ROOT, env=environment)
    files.write(_stamp(part), _fingerprint(part))


def package(jdk):
    """All that is compiled, with every check of the sources, seen by the user; returns whether it passed."""
    if "," in str(places.ROOT):
        raise Problem(f"The path {places.ROOT} has a comma, where Javadoc's plugin cuts it. Move it to one without for tests.")
    fingerprints = {part: _fingerprint(part) for part in _PACKAGED}
    # Maven would keep what an unchecked build has compiled.
    for module in (places.TOOLKIT, places.SPARK):
        shutil.rmtree(module / "target" / "classes", ignore_errors=True)
    asked, environment = command(jdk, "-Pbench,spark", "-DskipTests", "package")
    passed = subprocess.run(asked, cwd=places.ROOT, env=environment, stdin=subprocess.DEVNULL).returncode == 0
    for part, fingerprint in fingerprints.items():
        files.write(_stamp(part), fingerprint if passed else "failed")
    return passed


@contextlib.contextmanager
def beside(jdk, part):
    """A part of the checks of what is packaged, while the block goes on; yields what waits for its end and returns whether
    it passed. What it says is in a log."""
    asked, environment = command(jdk, *_CHECKS[part])
    fingerprint = _fingerprint("pages")
    with processes.beside(asked, check_log(part), cwd=places.ROOT, env=environment) as wait:

        def passed():
            good = wait() == 0
            if part == "toolkit":
                files.write(_stamp("pages"), fingerprint if good else "failed")
            return good

        yield passed


def check_log(part):
    """What was said by that part of the checks."""
    return places.WORK / f"check-{part}.log"


def is_built(part="toolkit"):
    """Whether a part is there, of the sources as they stand."""
    stamp = _stamp(part)
    built = stamp.is_file() and stamp.read_text(encoding="utf-8") == _fingerprint(part)
    there = {"toolkit": toolkit_jars, "benchmarks": benchmark_jars, "spark": spark_jars, "pages": PAGES.is_file}[part]
    return built and bool(there())


def toolkit_jars():
    """The toolkit's jar and the jars it needs; empty if not built."""
    target = places.TOOLKIT / "target"
    own = [jar for jar in target.glob("hopwise-*.jar") if not jar.stem.endswith(("-sources", "-javadoc", "-tests"))]
    needed = sorted((target / "lib").glob("*.jar"))
    return own + needed if own and needed else []


def benchmark_jars():
    """The jar of the benchmarks and those of JMH; empty if not built."""
    target = places.BENCHMARKS / "target"
    return [*target.glob("hopwise-benchmarks-*.jar"), *sorted((target / "lib").glob("*.jar"))]


def spark_jars():
    """The jar that runs sweeps on Spark, Spark's own and the toolkit's; empty if not built."""
    target = places.SPARK / "target"
    own = [jar for jar in target.glob("hopwise-spark-*.jar") if not jar.stem.endswith(("-sources", "-javadoc"))]
    needed = sorted((target / "lib").glob("*.jar"))
    return own + needed if own and needed else []


def test_spark(jdk):
    """Sweeps on a real cluster, seen by the user; returns whether the tests passed."""
    asked, environment = command(jdk, *_ON_SPARK, "test")
    return subprocess.run(asked, cwd=places.ROOT, env=environment, stdin=subprocess.DEVNULL).returncode == 0


def command(jdk, *arguments, root=places.ROOT):
    """The wrapper, which takes the Maven that is there; and the environment to run it in."""
    return [str(root / "mvnw"), "-B", "-ntp", *arguments], {**os.environ, "JAVA_HOME": str(jdk.home)}


def _stamp(part):
    return places.WORK / f"{part}-built"


def _fingerprint(part):
    """All that goes into it: sources, resources and build files, by content."""
    more = {"benchmarks": [places.BENCHMARKS], "spark": [places.SPARK]}.get(part, [])
    folders = [places.TOOLKIT / "src" / "main", places.ENVIRONMENT / "fonts", *(folder / "src" for folder in more)]
    sources = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in [*(folder / "pom.xml" for folder in (places.ROOT, places.TOOLKIT, *more)), *sources]:
        digest.update(str(path.relative_to(places.ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest() + "\n"
