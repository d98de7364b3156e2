"""Writes the kernel spec that puts the toolkit on the class path of a Java kernel: JJava, which pip has installed."""

import json
import os
import shlex
import zipfile
from dataclasses import dataclass
from pathlib import Path

import psutil

from . import archive, files, maven, places
from .problem import Problem

JJAVA = places.KERNEL_SPEC / "jjava.jar"
# Where Jupyter is to look for the kernel.
VARIABLES = {"JUPYTER_PATH": str(places.VENV / "share" / "jupyter"), "JUPYTER_PREFER_ENV_PATH": "1"}
_REGISTER = "org.hopwise.notebook.Notebook.register();"
_VECTORS = ("--add-modules", "jdk.incubator.vector")
_OPENS = ("--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED")


@dataclass(frozen=True)
class Kind:
    """What differs between the kernels: how to tell their jar, what starts them, what they are told at the start."""

    name: str
    main_class: str
    started_by: str
    java_options: tuple = ()
    environment: tuple = ()


# JJava finds the toolkit by itself, as an extension on its class path; IJava must be told.
KINDS = (
    Kind("jjava", "org.dflib.jjava.distro.JJava", "org.hopwise.notebook.kernel.KernelMain", _OPENS),
    Kind(
        "ijava",
        "io.github.spencerpark.ijava.IJava",
        "io.github.spencerpark.ijava.IJava",
        environment=(("IJAVA_STARTUP_SCRIPT", _REGISTER),),
    ),
)


def kind_of(jar):
    """Which kernel a jar holds, by the main class in it."""
    try:
        with zipfile.ZipFile(jar) as opened:
            names = set(opened.namelist())
    except (OSError, zipfile.BadZipFile) as error:
        raise Problem(f"The kernel's jar {jar} cannot be read ({error}). Give the jar of a JJava or an IJava.") from error
    for kind in KINDS:
        if kind.main_class.replace(".", "/") + ".class" in names:
            return kind
    raise Problem(f"{jar} holds no kernel that is known here. Give the jar of a JJava or an IJava.")


def spec(jar, jdk, toolkit_jars, heap):
    """The kernel spec as Jupyter reads it. The toolkit's jars come first, so that its libraries win over the kernel's."""
    kind = kind_of(jar)
    class_path = os.pathsep.join(map(str, [*toolkit_jars, jar]))
    start = [*kind.java_options, "-cp", class_path, kind.started_by, "{connection_file}"]
    return {
        "argv": [str(jdk.java), f"-Xmx{heap}g", *options(jdk), *start],
        "display_name": "Java",
        "language": "java",
        "interrupt_mode": "message",
        "env": dict(kind.environment),
        "metadata": {"hopwise": {"kernel": kind.name, "java": jdk.version}},
    }


def options(jdk):
    """What the toolkit asks of the JVM that it runs in."""
    asked = ["-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED"]
    if jdk.feature >= 24:
        asked.append("--sun-misc-unsafe-memory-access=allow")
    if jdk.has_vector:
        asked += _VECTORS
    return asked


def set_up(jar, jdk, archived=False):
    """Writes the spec of JJava, or of the kernel in another jar, and returns its name; archived: with its classes."""
    jar = Path(jar).expanduser().resolve() if jar else JJAVA
    written = spec(jar, jdk, maven.toolkit_jars(), heap_gib())
    written = archive.add(written, jdk.version, may_make=archived)
    files.write(places.KERNEL_SPEC / "kernel.json", json.dumps(written, indent=2) + "\n")
    os.environ.update(VARIABLES)
    return written["metadata"]["hopwise"]["kernel"]


def shorten():
    """Rewrites the spec that was set up for kernels of a few short cells: by the first of the JVM's compilers alone, and so
    with plain loops, they take 40 % less of the processor. The next set-up puts things right."""
    place = places.KERNEL_SPEC / "kernel.json"
    written = json.loads(place.read_text(encoding="utf-8"))
    java, *rest = written["argv"]
    if _VECTORS[0] in rest:
        at = rest.index(_VECTORS[0])
        del rest[at : at + len(_VECTORS)]
    files.write(place, json.dumps({**written, "argv": [java, "-XX:TieredStopAtLevel=1", *rest]}, indent=2) + "\n")


def heap_gib():
    """Half of the machine's memory, from 1 to 4 GiB."""
    return max(1, min(4, psutil.virtual_memory().total // 2**31))


def exports(toolkit_jars):
    """Shell lines for kernels that a user has installed herself."""
    path = shlex.quote(os.pathsep.join(map(str, toolkit_jars)))
    lines = [f"export {name}_CLASSPATH={path}" for name in ("JJAVA", "IJAVA")]
    return "\n".join(lines + [f"export {name}_STARTUP_SCRIPT={shlex.quote(_REGISTER)}" for name in ("JJAVA", "IJAVA")])
