"""Chooses a Java kernel and writes the kernel spec that puts the toolkit on its class path."""

import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

from . import archive, files, maven, places, venv
from .problem import Problem

JJAVA = "jjava==1.0a8"
NAMES = ("jjava", "ijava", "rapaio")
_REGISTER = "org.hopwise.notebook.Notebook.register();"
_CHOICE = places.VENV / "kernel-choice.json"
_FETCHED = places.VENV / "share" / "hopwise"


@dataclass(frozen=True)
class Kind:
    """What differs between the kernels: how to tell their jar, how to start them, how to greet them."""

    name: str
    main_class: str
    started_by: str
    java_options: tuple = ()
    environment: tuple = ()


_OPENS = ("--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED")
_JJAVA_START = (("JJAVA_STARTUP_SCRIPT", _REGISTER),)
KINDS = (
    Kind("jjava", "org.dflib.jjava.distro.JJava", "org.dflib.jjava.distro.JJava", _OPENS, _JJAVA_START),
    Kind("jjava", "org.dflib.jjava.JJava", "org.dflib.jjava.JJava", _OPENS, _JJAVA_START),
    Kind(
        "ijava",
        "io.github.spencerpark.ijava.IJava",
        "io.github.spencerpark.ijava.IJava",
        (),
        (("IJAVA_STARTUP_SCRIPT", _REGISTER),),
    ),
    Kind("rapaio", "org.rapaio.jupyter.kernel.MainApp", "org.hopwise.notebook.RapaioMain"),
)


def kind_of(jar):
    """Which kernel a jar holds, by the main class in it."""
    try:
        with zipfile.ZipFile(jar) as archive:
            names = set(archive.namelist())
    except (OSError, zipfile.BadZipFile) as error:
        raise Problem(f"The kernel jar {jar} cannot be read: {error}.") from error
    for kind in KINDS:
        if kind.main_class.replace(".", "/") + ".class" in names:
            return kind
    raise Problem(f"{jar} holds none of the kernels known here: {', '.join(NAMES)}.")


def spec(kind, jar, jdk, toolkit_jars, heap_gib):
    """The kernel spec as Jupyter reads it. The toolkit's jars come first, so that its libraries win over the kernel's."""
    class_path = os.pathsep.join(str(path) for path in [*toolkit_jars, jar])
    start = [*kind.java_options, "-cp", class_path, kind.started_by, "{connection_file}"]
    return {
        "argv": [str(jdk.java), f"-Xmx{heap_gib}g", *options(jdk), *start],
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
        asked += ["--add-modules", "jdk.incubator.vector"]
    return asked


def set_up(request, jdk, say, archived=False):
    """Has a kernel ready as asked for, writes its spec and returns its name; archived: with an archive of its classes."""
    kind, jar = _resolve(request, jdk, say)
    written = spec(kind, jar, jdk, maven.toolkit_jars(), heap_gib())
    classes = archive.path(written["argv"], jdk.version)
    if archived and not classes.exists():
        archive.make(written, classes, say)
    if archive.is_there(classes):
        written = archive.use(written, classes)
    files.write(places.KERNEL_SPEC / "kernel.json", json.dumps(written, indent=2) + "\n")
    return kind.name


def heap_gib():
    """Half of the machine's memory, from 1 to 4 GiB."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 2
    return max(1, min(4, memory // 2**31))


def _resolve(request, jdk, say):
    """The kernel asked for, else the one chosen before, else JJava if pip has it, else rapaio."""
    chosen = _chosen()
    if request is None and chosen is not None:
        return chosen
    if request in (None, "auto", "jjava"):
        jar = _jjava(say)
        if jar is None and request == "jjava":
            raise Problem("pip cannot find JJava here. Leave --kernel out to use the rapaio kernel, or give a jar's path.")
        if jar is None:
            say("pip has no JJava here; the rapaio kernel takes its place.")
            jar = maven.fetch_kernel(jdk, _FETCHED, say)
    elif request == "rapaio":
        jar = maven.fetch_kernel(jdk, _FETCHED, say)
    elif request == "ijava":
        jar = _installed("ijava")
        if jar is None:
            raise Problem("No IJava is installed here (conda install -c conda-forge ijava). Or give its jar's path.")
    else:
        jar = Path(request).expanduser().resolve()
        if not jar.is_file():
            raise Problem(f"--kernel is {request}, which is neither a file nor one of: {', '.join(NAMES)}, auto.", 2)
    kind = kind_of(jar)
    files.write(_CHOICE, json.dumps({"jar": str(jar)}) + "\n")
    return kind, jar


def _chosen():
    try:
        jar = Path(json.loads(_CHOICE.read_text(encoding="utf-8"))["jar"])
    except (OSError, ValueError, KeyError):
        return None
    return (kind_of(jar), jar) if jar.is_file() else None


def _jjava(say):
    jar = _installed("jjava", [places.VENV])
    if jar is None:
        say("Asking pip for the JJava kernel …")
        try:
            venv.pip(["--no-deps", JJAVA], places.WORK / "jjava.log", attempts=1, retries=1)
        except Problem:
            return None
        jar = _installed("jjava", [places.VENV])
    return jar


def _installed(name, prefixes=None):
    """The jar of a kernel that is installed in a place where Jupyter looks for kernels."""
    if prefixes is None:
        conda = os.environ.get("CONDA_PREFIX")
        prefixes = [places.VENV, *([conda] if conda else []), Path.home() / ".local", "/usr/local", "/usr"]
    for prefix in prefixes:
        for jar in sorted(Path(prefix).glob("share/jupyter/kernels/*/**/*.jar")):
            try:
                if kind_of(jar).name == name:
                    return jar
            except Problem:
                continue
    return None


def exports(toolkit_jars):
    """Shell lines for kernels that a user has installed herself. rapaio separates by ; on every system."""
    paths = [str(jar) for jar in toolkit_jars]
    lines = [
        ("IJAVA_CLASSPATH", os.pathsep.join(paths)),
        ("JJAVA_CLASSPATH", os.pathsep.join(paths)),
        ("RJK_CLASSPATH", ";".join(paths)),
        ("IJAVA_STARTUP_SCRIPT", _REGISTER),
        ("JJAVA_STARTUP_SCRIPT", _REGISTER),
    ]
    return "\n".join(f"export {name}='{value}'" for name, value in lines)
