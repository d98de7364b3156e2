"""What can be asked for on the command line."""

import argparse

from . import books

TOLERANCE = 1e-6


def parse(arguments):
    """The command and its options; ends with a usage message where they do not fit."""
    parser = argparse.ArgumentParser(prog="environment/run", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    for add in (_figures, _test, _lab, _classpath, _bench):
        add(commands)
    asked, rest = parser.parse_known_args(arguments)
    if rest and asked.command != "lab":
        commands.choices[asked.command].error(f"unknown: {' '.join(rest)}")
    asked.rest = rest
    if asked.command == "figures":
        _check_figures(asked, commands.choices["figures"])
    return asked


def _command(commands, name, description, has_kernel=True):
    parser = commands.add_parser(name, prog=f"environment/{name}", description=description, allow_abbrev=False)
    parser.add_argument("--java", metavar="HOME", help="folder of the JDK to use; else JAVA_HOME, else java on the PATH")
    if has_kernel:
        parser.add_argument("--kernel", metavar="JAR", help="jar of a JJava or IJava to use instead of the installed JJava")
    return parser


def _figures(commands):
    about = "Executes the figure notebooks and writes their pictures, tables, claims and a gallery."
    parser = _command(commands, "figures", about)
    parser.add_argument("ids", nargs="*", help="figures to make, such as fig1; all if none is named")
    sizes = "quick (default) or full size; reference: full size, drawn from the tables in data/reference"
    parser.add_argument("--profile", choices=["quick", "full", "reference"], help=sizes)
    parser.add_argument("--keep", action="store_true", help="with --profile full: keep tables and claims in data/reference")
    parser.add_argument("--check", action="store_true", help="compute in full and compare with data/reference")
    shares = "for --check: the largest difference of numbers as a share of their column's scale; %(default)s unless set"
    parser.add_argument("--tolerance", type=float, default=TOLERANCE, help=shares)
    parser.add_argument("--prepare", action="store_true", help="set up and build only")


def _check_figures(asked, parser):
    if asked.keep and asked.profile != "full":
        parser.error("--keep keeps the published sizes only; use it with --profile full")
    if asked.check and (asked.profile or asked.prepare):
        parser.error("--check computes in full and compares; it takes neither --profile nor --prepare")
    if not 0 <= asked.tolerance < 1:
        parser.error(f"--tolerance is {asked.tolerance}; it must be 0 or more and less than 1, such as 1e-6")
    asked.notebooks = [] if asked.prepare else books.select(asked.ids)


def _test(commands):
    parser = _command(commands, "test", "Builds and tests everything.")
    parser.add_argument("--jdk", metavar="HOME", help="run the build's tests on this second JDK too")


def _lab(commands):
    _command(commands, "lab", "Opens JupyterLab; other options are JupyterLab's.")


def _classpath(commands):
    about = "Prints class path settings for kernels that you have installed yourself."
    _command(commands, "classpath", about, has_kernel=False)


def _bench(commands):
    about = "Times the toolkit beside PyTorch, JAX, NumPy and SciPy, alternating on the same cores."
    parser = _command(commands, "bench", about)
    parser.add_argument("rows", nargs="*", help="rows of the table, such as default or sparse; all if none is named")
    parser.add_argument("--quick", action="store_true", help="a minute's check, without the long rows; rough numbers")
    parser.add_argument("--busy", action="store_true", help="count processor time, on a machine with other work")
    parser.add_argument("--markdown", metavar="FILE", help="write the table there too")
    parser.add_argument("--jmh", metavar="PATTERN", help="time single pieces with JMH instead, such as Product")
