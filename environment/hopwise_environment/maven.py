"""Builds the toolkit, unless what was built is what is there now."""

import hashlib
import os
import re
import shutil
import subprocess

from . import files, places
from .problem import Problem
from .venv import run

NEEDED = (3, 8, 1)
_STAMP = places.WORK / "toolkit-built"
_BENCHMARKS_STAMP = places.WORK / "benchmarks-built"


def command(jdk):
    """Maven and the environment to run it in: mvn where it is new enough, else the wrapper, which brings its own."""
    environment = dict(os.environ, JAVA_HOME=str(jdk.home))
    if shutil.which("mvn"):
        answer = subprocess.run(["mvn", "--version"], capture_output=True, text=True, env=environment).stdout
        found = re.search(r"Apache Maven (\d+)\.(\d+)\.(\d+)", answer)
        if found and tuple(int(part) for part in found.groups()) >= NEEDED:
            return ["mvn", "-B", "-ntp"], environment
    if shutil.which("unzip") is None:
        raise Problem(
            "There is no Maven of version 3.8.1 or newer on the PATH, and no unzip for the wrapper to unpack one with. "
            "Install either (Debian and Ubuntu: apt install maven)."
        )
    return [str(places.ROOT / "mvnw"), "-B", "-ntp"], environment


def build(jdk, say):
    """Builds the jar and gathers the jars that it needs, without tests."""
    fingerprint = _fingerprint()
    if is_built(fingerprint):
        return
    say("Building the toolkit (the first time this fetches about 150 MB of libraries) …")
    _STAMP.unlink(missing_ok=True)
    maven, environment = command(jdk)
    goals = ["-q", "-DskipTests", "-Dspotless.check.skip=true", "package"]
    run(
        [*maven, *goals],
        places.WORK / "build.log",
        "Building the toolkit failed",
        cwd=places.ROOT,
        env=environment,
    )
    files.write(_STAMP, fingerprint)


def build_benchmarks(jdk, say):
    """Builds the toolkit and the benchmarks beside it."""
    build(jdk, say)
    fingerprint = _fingerprint(places.BENCHMARKS)
    if _BENCHMARKS_STAMP.is_file() and _BENCHMARKS_STAMP.read_text(encoding="utf-8") == fingerprint and benchmark_jars():
        return
    say("Building the benchmarks …")
    maven, environment = command(jdk)
    run(
        [*maven, "-q", "-DskipTests", "-Dspotless.check.skip=true", "-Pbench", "package"],
        places.WORK / "build-benchmarks.log",
        "Building the benchmarks failed",
        cwd=places.ROOT,
        env=environment,
    )
    files.write(_BENCHMARKS_STAMP, fingerprint)


def benchmark_jars():
    """The jar of the benchmarks and those of JMH; empty if not built."""
    target = places.BENCHMARKS / "target"
    return [*target.glob("hopwise-benchmarks-*.jar"), *sorted((target / "lib").glob("*.jar"))]


def verify(jdk):
    """The whole build with its tests, seen by the user; returns whether it passed. The benchmarks are compiled too."""
    fingerprint = _fingerprint()
    _STAMP.unlink(missing_ok=True)
    maven, environment = command(jdk)
    done = subprocess.run([*maven, "-Pbench", "verify"], cwd=places.ROOT, env=environment, stdin=subprocess.DEVNULL)
    if done.returncode == 0:
        files.write(_STAMP, fingerprint)
    return done.returncode == 0


def is_built(fingerprint=None):
    """Whether the jars are of the sources as they stand."""
    return (
        _STAMP.is_file()
        and _STAMP.read_text(encoding="utf-8") == (fingerprint or _fingerprint())
        and bool(toolkit_jars())
    )


def toolkit_jars():
    """The toolkit's jar and the jars it needs; empty if not built."""
    target = places.TOOLKIT / "target"
    own = [jar for jar in target.glob("hopwise-*.jar") if not re.search(r"-(sources|javadoc|tests)\.jar$", jar.name)]
    needed = sorted((target / "lib").glob("*.jar"))
    return own + needed if own and needed else []


def fetch_kernel(jdk, folder, say):
    """Fetches the rapaio kernel at the version that the build pins; returns its jar."""
    pom = (places.ROOT / "pom.xml").read_text(encoding="utf-8")
    version = re.search(r"<rapaio-kernel.version>(.*?)</rapaio-kernel.version>", pom).group(1)
    plugin = re.search(r"<artifactId>maven-dependency-plugin</artifactId>\s*<version>(.*?)</version>", pom).group(1)
    jar = folder / f"rapaio-jupyter-kernel-{version}.jar"
    if jar.is_file():
        return jar
    say("Fetching the rapaio kernel with Maven …")
    maven, environment = command(jdk)
    artifact = f"io.github.padreati:rapaio-jupyter-kernel:{version}"
    goal = f"org.apache.maven.plugins:maven-dependency-plugin:{plugin}:copy"
    run(
        [*maven, "-q", "-N", goal, f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"],
        places.WORK / "kernel.log",
        "Fetching the rapaio kernel failed",
        cwd=places.ROOT,
        env=environment,
    )
    if not jar.is_file():
        raise Problem(f"Maven fetched the rapaio kernel, but {places.shown(jar)} is not there.")
    return jar


def _fingerprint(*more):
    """All that goes into the jars: sources, resources and build files, by content."""
    digest = hashlib.sha256()
    folders = [places.TOOLKIT / "src" / "main", places.ENVIRONMENT / "fonts", *(folder / "src" for folder in more)]
    sources = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    builds = [folder / "pom.xml" for folder in (places.ROOT, places.TOOLKIT, *more)]
    for path in [*builds, *sorted(sources)]:
        digest.update(str(path.relative_to(places.ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest() + "\n"
