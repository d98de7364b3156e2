"""Builds the toolkit, unless what was built is what is there now."""

import hashlib
import os
import subprocess

from . import files, places
from .problem import Problem, say
from .processes import run

_SKIP_TESTS = ("-q", "-DskipTests", "-Dspotless.check.skip=true", "package")


def build(jdk, benchmarks=False):
    """Builds the jar and gathers the jars that it needs, without tests; with the benchmarks beside it if asked for."""
    if is_built(benchmarks):
        return
    say("Building the toolkit (the first time this fetches about 150 MB of libraries) …")
    command, environment = _maven(jdk, *_SKIP_TESTS, *(["-Pbench"] if benchmarks else []))
    _stamp(benchmarks).unlink(missing_ok=True)
    run(command, places.WORK / "build.log", "Building the toolkit failed", cwd=places.ROOT, env=environment)
    files.write(_stamp(benchmarks), _fingerprint(benchmarks))


def verify(jdk):
    """The whole build with its tests, seen by the user; returns whether it passed. The benchmarks are compiled too."""
    if "," in str(places.ROOT):
        raise Problem(f"The path {places.ROOT} has a comma, where Javadoc's plugin cuts it. Move it to one without for tests.")
    fingerprints = {benchmarks: _fingerprint(benchmarks) for benchmarks in (False, True)}
    command, environment = _maven(jdk, "-Pbench", "-Dtest.excluded=notebooks", "verify")
    passed = subprocess.run(command, cwd=places.ROOT, env=environment, stdin=subprocess.DEVNULL).returncode == 0
    for benchmarks, fingerprint in fingerprints.items():
        files.write(_stamp(benchmarks), fingerprint if passed else "failed")
    return passed


def is_built(benchmarks=False):
    """Whether the jars are of the sources as they stand."""
    stamp = _stamp(benchmarks)
    built = stamp.is_file() and stamp.read_text(encoding="utf-8") == _fingerprint(benchmarks)
    return built and bool(toolkit_jars()) and not (benchmarks and not benchmark_jars())


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


def _maven(jdk, *arguments):
    """The wrapper, which takes the Maven that is there; and the environment to run it in."""
    return [str(places.ROOT / "mvnw"), "-B", "-ntp", *arguments], {**os.environ, "JAVA_HOME": str(jdk.home)}


def _stamp(benchmarks):
    return places.WORK / ("benchmarks-built" if benchmarks else "toolkit-built")


def _fingerprint(benchmarks):
    """All that goes into the jars: sources, resources and build files, by content."""
    more = [places.BENCHMARKS] if benchmarks else []
    folders = [places.TOOLKIT / "src" / "main", places.ENVIRONMENT / "fonts", *(folder / "src" for folder in more)]
    sources = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in [*(folder / "pom.xml" for folder in (places.ROOT, places.TOOLKIT, *more)), *sources]:
        digest.update(str(path.relative_to(places.ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest() + "\n"
