"""What can be asked for on the command line."""

import argparse

from . import books

TOLERANCE = 1e-6
# What a command takes many of, options before or behind.
_LISTS = {"figures": "ids", "spark": "notebooks", "bench": "rows"}
_ABOUT = {
    "figures": "Executes the figure notebooks and writes their pictures, tables, claims and a gallery.",
    "test": "Builds and tests everything.",
    "lab": "Opens JupyterLab; other options are JupyterLab's.",
    "lessons": "Builds the student's and the teacher's copies of the lessons, or reports on students' notebooks.",
    "book": "Makes a book of lessons, figures and claims; executes the notebooks that have not been yet.",
    "classpath": "Prints class path settings for kernels that you have installed yourself.",
    "spark": "Starts or stops a cluster of Apache Spark on this machine, tests sweeps on one, or runs notebooks that use one.",
    "bench": "Times the toolkit beside PyTorch, JAX, NumPy and SciPy, alternating on the same cores.",
}


def parse(arguments):
    """The command and its options; ends with a usage message where they do not fit."""
    parser = argparse.ArgumentParser(prog="environment/run", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    add = {}
    for name, about in _ABOUT.items():
        command = commands.add_parser(name, prog=f"environment/{name}", description=about, allow_abbrev=False)
        add[name] = command.add_argument
        add[name]("--java", metavar="HOME", help="folder of the JDK to use; else JAVA_HOME, else java on the PATH")
        if name not in ("classpath", "lessons", "spark"):
            add[name]("--kernel", metavar="JAR", help="jar of a JJava or IJava to use instead of the installed JJava")
    sizes = "quick (default) or full size; reference: full size, drawn from the tables in data/reference"
    shares = "for --check: the largest difference of numbers as a share of their column's scale; %(default)s unless set"
    add["figures"]("ids", nargs="*", help="figures to make, such as fig1; all if none is named")
    add["figures"]("--profile", choices=["quick", "full", "reference"], help=sizes)
    add["figures"]("--keep", action="store_true", help="with --profile full: keep tables and claims in data/reference")
    add["figures"]("--check", action="store_true", help="compute in full and compare with data/reference")
    add["figures"]("--tolerance", type=float, default=TOLERANCE, help=shares)
    add["figures"]("--prepare", action="store_true", help="set up and build only")
    add["test"]("--jdk", metavar="HOME", help="run the tests of the build and of the kernel on this second JDK too")
    add["lessons"]("--report", nargs="+", metavar="FILE", help="count the exercises that are right in executed notebooks")
    add["lab"]("--spark", action="store_true", help="with Spark in the kernel, and the cluster of environment/spark start")
    add["spark"]("action", choices=["start", "stop", "test", "run"], help="a master and two workers on loopback")
    add["spark"]("notebooks", nargs="*", metavar="NOTEBOOK", help="for run: notebooks to execute, in QUICK")
    add["bench"]("rows", nargs="*", help="rows of the table, such as default or sparse; all if none is named. spark, alone: a cluster beside this machine")
    add["bench"]("--quick", action="store_true", help="a minute's check, without the long rows; rough numbers")
    add["bench"]("--busy", action="store_true", help="count processor time, on a machine with other work")
    add["bench"]("--markdown", metavar="FILE", help="write the table there too")
    add["bench"]("--jmh", metavar="PATTERN", help="time single pieces with JMH instead, such as Product")
    asked, rest = parser.parse_known_args(arguments)
    # argparse ends a list of words at the first option.
    words = getattr(asked, _LISTS.get(asked.command, ""), [])
    words += [word for word in rest if asked.command in _LISTS and not word.startswith("-")]
    asked.rest = [word for word in rest if word not in words]
    fault = _fault(asked)
    if fault:
        commands.choices[asked.command].error(fault)
    if asked.command == "figures":
        asked.notebooks = [] if asked.prepare else books.select(asked.ids)
    return asked


def _fault(asked):
    if asked.rest and asked.command != "lab":
        return f"there is no option {' '.join(asked.rest)}"
    if asked.command == "spark" and bool(asked.notebooks) != (asked.action == "run"):
        return "run, and nothing else, takes the notebooks that it executes"
    if asked.command == "lab" and asked.spark and asked.kernel:
        return "--spark brings its own JJava; it does not go with --kernel"
    if asked.command != "figures":
        return ""
    if asked.keep and asked.profile != "full":
        return "--keep keeps the published sizes only; use it with --profile full"
    if asked.check and (asked.profile or asked.prepare):
        return "--check computes in full and compares; it takes neither --profile nor --prepare"
    if not 0 <= asked.tolerance < 1:
        return f"--tolerance is {asked.tolerance}; it must be 0 or more and less than 1, such as 1e-6"
    return ""
