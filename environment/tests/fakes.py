"""Stand-ins for what a machine may have: JDKs and kernel jars."""

import re
import zipfile
from pathlib import Path

from hopwise_environment.jdk import Jdk


def java_home(folder, version, modules="jdk.jshell@{v}", compiler=True):
    """A folder that answers like a JDK of that version."""
    home = Path(folder)
    (home / "bin").mkdir(parents=True)
    script = f"""#!/bin/sh
case "$*" in
--list-modules) echo "java.base@{version}"; echo "{modules.replace('{v}', version)}" ;;
*) printf '    java.home = %s\\n    java.version = %s\\n' '{home}' '{version}' >&2 ;;
esac
"""
    for name in ["java", *(["javac"] if compiler else [])]:
        (home / "bin" / name).write_text(script, encoding="utf-8")
        (home / "bin" / name).chmod(0o755)
    return home


def jdk(version="17.0.15", vector=True):
    return Jdk(Path("/jdk"), version, vector)


def jar(path, main_class):
    """A jar with that class in it."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(main_class.replace(".", "/") + ".class", b"")
    return Path(path)


def one_sentence(complaint, *words):
    """Asserts that a complaint is a line or two without a stack trace, with these words in it, in this order."""
    assert "Traceback" not in complaint
    assert len(complaint.strip().splitlines()) == 1, complaint
    assert re.search(".*".join(words), complaint), complaint
