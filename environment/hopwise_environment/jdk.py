"""Finds a Java development kit and checks that it will do."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .problem import Problem

NEEDED = 17
_REMEDY = (
    f"Install a JDK of version {NEEDED} or newer (Debian and Ubuntu: apt install openjdk-17-jdk-headless; "
    "macOS: brew install openjdk; all: adoptium.net), or name one with --java HOME or JAVA_HOME."
)


@dataclass(frozen=True)
class Jdk:
    """A development kit: its folder, its version and whether it has the Vector API."""

    home: Path
    version: str
    has_vector: bool

    @property
    def feature(self):
        return feature(self.version)

    @property
    def java(self):
        return self.home / "bin" / "java"


def feature(version):
    """The number that people call the version: 8 of 1.8.0_402, 17 of 17.0.15, 25 of 25-ea."""
    return int(re.match(r"(?:1\.)?(\d+)", version)[1])


def find(home=None):
    """The JDK in the given folder, else in JAVA_HOME, else of the java on the PATH."""
    source = home or os.environ.get("JAVA_HOME")
    java = Path(source) / "bin" / "java" if source else shutil.which("java")
    if source and not java.is_file():
        name = "--java" if home else "JAVA_HOME"
        raise Problem(f"{name} is {source}, but there is no bin/java in it. {_REMEDY}")
    if java is None:
        raise Problem(f"No Java was found: there is no java on the PATH and JAVA_HOME is not set. {_REMEDY}")
    return _check(java)


def _check(java):
    """Asks this java what it is."""
    settings = _ask(java, "-XshowSettings:properties", "-version")
    found = dict(re.findall(r"^\s*(java\.version|java\.home) = (.*\S)\s*$", settings, re.MULTILINE))
    if not re.match(r"\d", found.get("java.version", "")) or "java.home" not in found:
        raise Problem(f"{java} does not tell its version and home; it said: {settings.strip()[:200]!r}. {_REMEDY}")
    version, home = found["java.version"], Path(found["java.home"])
    if feature(version) < NEEDED:
        raise Problem(f"Java {version} was found in {home}; Hopwise needs {NEEDED} or newer. {_REMEDY}")
    modules = _ask(java, "--list-modules")
    if not (home / "bin" / "javac").is_file() or "jdk.jshell@" not in modules:
        raise Problem(
            f"Java {version} in {home} can run programs but not compile them (a runtime, not a JDK). {_REMEDY}"
        )
    return Jdk(home, version, "jdk.incubator.vector@" in modules)


def _ask(java, *arguments):
    try:
        answer = subprocess.run([str(java), *arguments], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Problem(f"{java} does not run: {error}. {_REMEDY}") from error
    return answer.stdout + answer.stderr
