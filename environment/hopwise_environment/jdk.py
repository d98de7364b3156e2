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
    numbers = re.findall(r"\d+", version)
    if not numbers:
        raise Problem(f"Java calls its version '{version}', which has no number in it. {_REMEDY}")
    return int(numbers[1] if numbers[0] == "1" and len(numbers) > 1 else numbers[0])


def find(home=None):
    """The JDK in the given folder, else in JAVA_HOME, else of the java on the PATH."""
    source = home or os.environ.get("JAVA_HOME")
    if source:
        java = Path(source) / "bin" / "java"
        if not java.is_file():
            name = "--java" if home else "JAVA_HOME"
            raise Problem(f"{name} is {source}, but there is no bin/java in it. {_REMEDY}")
    else:
        found = shutil.which("java")
        if found is None:
            raise Problem(f"No Java was found: there is no java on the PATH and JAVA_HOME is not set. {_REMEDY}")
        java = Path(found)
    return check(java)


def check(java):
    """Asks this java what it is."""
    settings = _ask(java, "-XshowSettings:properties", "-version")
    version = _setting(settings, "java.version")
    home = Path(_setting(settings, "java.home"))
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


def _setting(settings, name):
    found = re.search(r"^\s*" + re.escape(name) + r" = (.*)$", settings, re.MULTILINE)
    if not found:
        raise Problem(f"Java does not tell its {name}; it said: {settings.strip()[:200]!r}. {_REMEDY}")
    return found.group(1).strip()
