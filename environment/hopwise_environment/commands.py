"""The commands. Each begins in the system's Python, sets up, and goes on in the virtual environment's."""

import argparse
import os
import shutil
import signal
import sys

from . import archive, books, compare, files, jdk, kernels, lock, machine, maven, places, reference, venv
from .problem import Problem


def main(arguments):
    """Runs a command; returns the exit status."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        command, *rest = arguments
        return {"figures": figures, "test": test, "lab": lab, "classpath": classpath, "bench": bench}[command](rest)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return problem.status
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"A file could not be used: {error.strerror}{where}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _stop(number, frame):
    """Being told to end is the same as Ctrl-C: what was started is ended too."""
    raise KeyboardInterrupt


def say(line):
    print(line, flush=True)


def count(number, word):
    """A number with its word, such as 1 figure or 2 figures."""
    return f"{number} {word}" + ("" if number == 1 else "s")


def _parser(command, description):
    parser = argparse.ArgumentParser(prog=f"environment/{command}", description=description, allow_abbrev=False)
    parser.add_argument("--java", metavar="HOME", help="folder of the JDK to use; else JAVA_HOME, else java on the PATH")
    parser.add_argument(
        "--kernel",
        metavar="KERNEL",
        help="jjava, ijava, rapaio, or the path of a kernel's jar; auto: JJava if pip has it, else rapaio. "
        "The choice is remembered",
    )
    return parser


def _enter(command, arguments, options):
    """Checks Java, takes the lock, makes the virtual environment and goes on in its Python with a kernel ready."""
    kit = jdk.find(options.java)
    lock.take()
    venv.set_up(say)
    if os.path.realpath(sys.prefix) != os.path.realpath(places.VENV):
        lock.hand_over()
        os.execv(places.VENV_PYTHON, [str(places.VENV_PYTHON), str(places.ENVIRONMENT / "run.py"), command, *arguments])
    return kit


def _kernel(kit, options, archived=True):
    maven.build(kit, say)
    name = kernels.set_up(options.kernel, kit, say, archived)
    os.environ["JUPYTER_PATH"] = str(places.VENV / "share" / "jupyter")
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    return name


def figures(arguments):
    """environment/figures"""
    options = _figure_options(arguments)
    notebooks = [] if options.prepare else books.select(options.ids)
    output = places.CHECK if options.check else places.output()
    if options.check:
        shutil.rmtree(output, ignore_errors=True)
    files.check_writable(output)
    kit = _enter("figures", arguments, options)
    name = _kernel(kit, options, archived=options.prepare or len(notebooks) >= archive.WORTH)
    if options.prepare:
        say(f"Ready: Java {kit.version}, kernel {name}.")
        return 0
    if options.check:
        return _check(notebooks, output, options.tolerance)
    profile = options.profile or "quick"
    say(f"Executing {count(len(notebooks), 'notebook')}, {profile.upper()}, Java {kit.version}, kernel {name}.")
    outcomes = execute(notebooks, output, profile, resumed=True)
    failed = [outcome for outcome in outcomes if outcome.error]
    good = len(outcomes) - len(failed)
    say(f"{count(good, 'figure')} written to {places.shown(output)}" + (f", {len(failed)} failed." if failed else "."))
    if options.keep:
        _keep([outcome.name for outcome in outcomes if not outcome.error], output)
    return 1 if failed else 0


def _figure_options(arguments):
    parser = _parser("figures", "Executes the figure notebooks and writes their pictures, tables, claims and a gallery.")
    parser.add_argument("ids", nargs="*", help="figures to make, such as fig1; all if none is named")
    parser.add_argument(
        "--profile",
        choices=["quick", "full", "reference"],
        help="quick (default) or full size; reference: full size, drawn from the tables in data/reference",
    )
    parser.add_argument("--keep", action="store_true", help="with --profile full: keep tables and claims in data/reference")
    parser.add_argument("--check", action="store_true", help="compute in full and compare with data/reference")
    parser.add_argument(
        "--tolerance",
        type=float,
        default=compare.TOLERANCE,
        help="for --check: the largest difference of numbers as a share of their column's scale; %(default)s unless set",
    )
    parser.add_argument("--prepare", action="store_true", help="set up and build only")
    options = parser.parse_args(arguments)
    if options.keep and options.profile != "full":
        parser.error("--keep keeps the published sizes only; use it with --profile full")
    if options.check and (options.profile or options.prepare):
        parser.error("--check computes in full and compares; it takes neither --profile nor --prepare")
    if not 0 <= options.tolerance < 1:
        parser.error(f"--tolerance is {options.tolerance}; it must be 0 or more and less than 1, such as 1e-6")
    return options


def _keep(names, output):
    for name in names:
        kept = reference.keep(name, output)
        where = f"{places.shown(reference.FOLDER)}/{name}"
        say(f"{name}: {count(kept, 'file')} kept in {where}" if kept else f"{name}: no tables or claims to keep")


def _check(notebooks, output, tolerance):
    """Computes the figures that have a reference, compares, and prints one line a figure."""
    known = {path.stem: reference.provenance(path.stem) for path in notebooks}
    computed = [path for path in notebooks if known[path.stem]]
    say(f"Computing {count(len(computed), 'figure')} in FULL to compare, here {machine.words()}.")
    failed = {outcome.name for outcome in execute(computed, output, "full") if outcome.error} if computed else set()
    alike = True
    for name, made in known.items():
        same, words = (False, "failed") if name in failed else reference.check(name, output, tolerance)
        alike = alike and same
        origin = f"; reference of {made['date']}, {made['machine']}" if made and not same else ""
        say(f"{name}  {words}{origin}")
    say(f"Tolerance {tolerance:g} of each column's scale; strings and whole numbers exactly.")
    return 0 if alike else 1


def execute(notebooks, output, profile, resumed=False):
    """Executes notebooks, joins their claims and writes the gallery."""
    from . import gallery, results, runner

    os.environ["HOPWISE_PROFILE"] = profile.upper()
    os.environ["HOPWISE_OUTPUT"] = str(output)
    outcomes = runner.run(notebooks, output, timeout=None if profile == "full" else 600, resumed=resumed)
    claims = results.collect_claims(output)
    if claims:
        say(f"{count(claims, 'row')} of claims and evidence in {places.shown(output / 'claims.csv')}.")
    index = gallery.write(output)
    if index:
        say(f"All of it on one page: {places.shown(index)}")
    return outcomes


def lab(arguments):
    """environment/lab: what it does not know goes to JupyterLab."""
    options, rest = _parser("lab", "Opens JupyterLab; other options are JupyterLab's.").parse_known_args(arguments)
    if not _is_ready(options):
        _kernel(_enter("lab", arguments, options), options)
        lock.release()
    os.environ.setdefault("HOPWISE_OUTPUT", str(places.output()))
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ["JUPYTER_PATH"] = str(places.VENV / "share" / "jupyter")
    command = [str(places.VENV_PYTHON), "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1"]
    if not any(option.startswith("--ServerApp.root_dir") for option in rest):
        command.append(f"--ServerApp.root_dir={places.NOTEBOOKS}")
    if os.geteuid() == 0:
        command.append("--allow-root")
    sys.stdout.flush()
    os.execv(command[0], [*command, *rest])


def _is_ready(options):
    """Whether Lab can start at once, without the lock, beside a run."""
    asks = options.kernel or options.java
    return not asks and venv.is_ready() and maven.is_built() and (places.KERNEL_SPEC / "kernel.json").is_file()


def classpath(arguments):
    """environment/classpath"""
    options = _parser("classpath", "Prints class path settings for kernels that you have installed yourself.").parse_args(
        arguments
    )
    lock.take()
    maven.build(jdk.find(options.java), lambda line: print(line, file=sys.stderr, flush=True))
    print(kernels.exports(maven.toolkit_jars()))
    return 0


def test(arguments):
    """environment/test"""
    parser = _parser("test", "Builds and tests everything.")
    parser.add_argument("--jdk", metavar="HOME", help="run the build's tests on this second JDK too")
    options = parser.parse_args(arguments)
    second = jdk.find(options.jdk) if options.jdk else None
    kit = _enter("test", arguments, options)
    from . import checks

    return checks.run(kit, second, lambda: _kernel(kit, options), say)


def bench(arguments):
    """environment/bench"""
    parser = _parser("bench", "Times the toolkit beside PyTorch, JAX, NumPy and SciPy, alternating on the same cores.")
    parser.add_argument("rows", nargs="*", help="rows of the table, such as default or sparse; all if none is named")
    parser.add_argument("--quick", action="store_true", help="a minute's check, without the long rows; rough numbers")
    parser.add_argument("--busy", action="store_true", help="count processor time, on a machine with other work")
    parser.add_argument("--markdown", metavar="FILE", help="write the table there too")
    parser.add_argument("--jmh", metavar="PATTERN", help="time single pieces with JMH instead, such as Product")
    options = parser.parse_args(arguments)
    kit = _enter("bench", arguments, options)
    from .bench import command

    names = command.choose(options.rows, options.quick)
    maven.build_benchmarks(kit, say)
    if options.jmh:
        return command.jmh(kit, options.jmh)
    if "start" in names:
        _kernel(kit, options)
    folder = command.Bench(kit, options.quick, options.busy, say).run(names, places.KERNEL_SPEC.parent)
    if options.markdown:
        command.write_markdown(folder, options.markdown)
    return 0
