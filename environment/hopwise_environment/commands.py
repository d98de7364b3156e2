"""The commands, in the virtual environment's Python. Each takes what was asked for and the JDK; it returns a status."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import psutil

from . import archive, book as pages, files, gallery, jdk, kernels, lessons as copies, lock, machine, maven, places, reference, results, runner, spark as cluster
from .problem import Problem, count, say

TESTS = places.ENVIRONMENT / "tests"
# Kept until this process ends.
_locks = []


def _kernel(asked, kit, archived=True, pages=False):
    """Takes the lock, builds what has changed and has the kernel ready; returns its name."""
    _locks.append(lock.take())
    maven.build(kit)
    try:
        if pages:
            maven.build(kit, "pages")
    except Problem as fault:
        say(f"{fault}\nJupyterLab's Help menu will not have them.")
    return kernels.set_up(asked.kernel, kit, archived)


def figures(asked, kit):
    """environment/figures"""
    output = places.CHECK if asked.check else places.output()
    files.check_writable(output)
    name = _kernel(asked, kit, asked.prepare or len(asked.notebooks) >= archive.WORTH, pages=asked.prepare)
    if asked.prepare:
        say(f"Ready: Java {kit.version}, kernel {name}.")
        return 0
    if asked.check:
        shutil.rmtree(output, ignore_errors=True)
        return check(asked.notebooks, output, asked.tolerance)
    profile = (asked.profile or "quick").upper()
    say(f"Executing {count(len(asked.notebooks), 'notebook')}, {profile}, Java {kit.version}, kernel {name}.")
    outcomes = execute(asked.notebooks, output, profile, resumed=True)
    good = [outcome.name for outcome in outcomes if not outcome.error]
    failed = len(outcomes) - len(good)
    say(f"{count(len(good), 'figure')} written to {places.shown(output)}" + (f", {failed} failed." if failed else "."))
    if asked.keep:
        keep(good, output)
    return 1 if failed else 0


def keep(names, output):
    """Keeps tables and claims of a FULL run as a reference."""
    for name in names:
        kept = reference.keep(name, output)
        where = f"{places.shown(reference.FOLDER)}/{name}"
        say(f"{name}: {count(kept, 'file')} kept in {where}" if kept else f"{name}: no tables or claims to keep")


def check(notebooks, output, tolerance):
    """Computes the figures that have a reference anew, compares, and prints one line a figure."""
    known = {path.stem: reference.provenance(path.stem) for path in notebooks}
    computed = [path for path in notebooks if known[path.stem]]
    say(f"Computing {count(len(computed), 'figure')} in FULL to compare, here {machine.words()}.")
    failed = {outcome.name for outcome in execute(computed, output, "FULL") if outcome.error}
    alike = True
    for name, made in known.items():
        same, words = (False, "failed") if name in failed else reference.check(name, output, tolerance)
        alike = alike and same
        say(f"{name}  {words}" + (f"; reference of {made['date']}, {made['machine']}" if made and not same else ""))
    say(f"Tolerance {tolerance:g} of each column's scale; strings and whole numbers exactly.")
    return 0 if alike else 1


def execute(notebooks, output, profile, resumed=False, folder=None):
    """Executes notebooks, in that folder or each in its own, joins their claims and writes the gallery."""
    jobs = 1 if profile == "FULL" else _at_a_time()
    # Figures of the published sizes take so long that a warm start is nothing; one or two notebooks gain little.
    warm = profile != "FULL" and len(notebooks) > 2
    outcomes = runner.run(notebooks, output, profile, None if profile == "FULL" else 600, resumed, jobs, warm, folder)
    claims = results.collect_claims(output)
    if claims:
        say(f"{count(claims, 'row')} of claims and evidence in {places.shown(output / 'claims.csv')}.")
    index = gallery.write(output)
    if index:
        say(f"All of it on one page: {places.shown(index)}")
    return outcomes


def _at_a_time():
    """Two notebooks where there are cores and memory for both."""
    memory = psutil.virtual_memory().available / 2**30
    return 2 if (psutil.cpu_count() or 1) > 1 and memory > 2 * (kernels.heap_gib() + 1) else 1


def lab(asked, kit):
    """environment/lab: what it does not know goes to JupyterLab."""
    _check_port(asked.rest)
    try:
        _kernel(asked, kit, pages=True)
        _locks.pop().close()
    except lock.Busy:
        # Beside another command, what is ready will do.
        if asked.kernel or asked.java or not (maven.is_built() and (places.KERNEL_SPEC / "kernel.json").is_file()):
            raise
    found = _spark_kernel(kit) if asked.spark else kernels.VARIABLES
    variables = {**os.environ, **found, "HOPWISE_OUTPUT": str(places.output())}
    command = [str(places.VENV_PYTHON), "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", *asked.rest]
    if maven.PAGES.is_file():
        command.append(f"--ServerApp.extra_static_paths={maven.PAGES.parents[1]}")
        variables["HOPWISE_JAVADOC"] = "/static/apidocs/index.html"
    if not any(option.startswith("--ServerApp.root_dir") for option in asked.rest):
        command.append(f"--ServerApp.root_dir={places.NOTEBOOKS}")
    if os.geteuid() == 0:
        command.append("--allow-root")
    sys.stdout.flush()
    os.execve(command[0], command, variables)


def _spark_kernel(kit):
    """Builds Spark's part and the kernel that has it; returns the variables by which Jupyter finds that."""
    if not maven.is_built("spark"):
        with lock.take():
            maven.build(kit, "spark")
    if not cluster.address():
        say("No cluster runs here: start one with environment/spark start before, or name another with setMaster.")
    return cluster.kernel(kit)


def _check_port(options):
    """Jupyter would take another port than the one asked for, and a bookmark would lead elsewhere."""
    for port in (option.rpartition("=")[2] for option in options if option.startswith(("--port=", "--ServerApp.port="))):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", int(port)))
            except (OSError, ValueError, OverflowError) as error:
                raise Problem(f"Port {port} cannot be had: {error}. Name another, or none to have a free one.") from error


def lessons(asked, kit):
    """environment/lessons"""
    if asked.report:
        print("\n".join(copies.report([Path(path) for path in asked.report])))
        return 0
    number = copies.build()
    say(f"{count(number, 'lesson')}: the student's copies in notebooks, the teacher's in {places.shown(copies.TEACHER)}.")
    return 0


def book(asked, kit):
    """environment/book"""
    output = places.output()
    notebooks = pages.missing(output)
    failed = []
    if notebooks:
        _kernel(asked, kit, len(notebooks) >= archive.WORTH)
        failed = [outcome.name for outcome in execute(notebooks, output, "QUICK", resumed=True) if outcome.error]
    pages.set_up()
    pages.build(output)
    if failed:
        say(f"Left out, since they failed: {', '.join(failed)}.")
    return 1 if failed else 0


def classpath(asked, kit):
    """environment/classpath"""
    with lock.take():
        # What this prints is for a shell, so all else goes to standard error.
        sys.stdout, out = sys.stderr, sys.stdout
        maven.build(kit)
    print(kernels.exports(maven.toolkit_jars()), file=out)
    return 0


def test(asked, kit):
    """environment/test: the build, then the tests of toolkit, notebooks, scripts and browser. Maven's stand beside pytest's
    where there are cores and memory for both: each of them waits for much."""
    second = [jdk.find(asked.jdk)] if asked.jdk else []
    _locks.append(lock.take())
    statuses = []
    # What the other tests use is built last, by the first JDK.
    for java in [*second, kit]:
        say(f"== The build, Java {java.version}")
        if not maven.package(java):
            say("The build failed; nothing else was tried.\n0 passed, 1 failed")
            return 1
        if java in second:
            kernel = kernels.set_up(asked.kernel, java)
            talk = [TESTS / "test_kernel_talk.py"]
            statuses += _beside("toolkit", java, lambda: _pytest("What a user meets in a cell", talk, kernel, java))
            statuses += _beside("spark", java, lambda: 0)
    kernel = kernels.set_up(asked.kernel, kit, archived=True)
    notebooks = TESTS / "test_notebooks.py"
    statuses += _beside("toolkit", kit, lambda: _pytest("The notebooks", [notebooks], kernel, kit))
    kernels.shorten()
    # Files of tests, so many at once in the order of tests/conftest.py; the book is made of what the notebooks have left.
    # One more than there are cores: they wait for kernels and pages.
    at_once = _at_a_time()
    workers = [f"--numprocesses={at_once + 1 if at_once > 1 else 1}", "--dist=loadfile", "--no-loadscope-reorder"]
    rest = [TESTS, f"--ignore={notebooks}", *workers]
    statuses += _beside("spark", kit, lambda: _pytest("The environment's scripts and the browser", rest, kernel, kit))
    kernels.set_up(asked.kernel, kit)
    # A status may be negative, of what was killed.
    return 1 if any(statuses) else 0


_CHECKED = {"toolkit": "The toolkit's Javadoc and tests", "spark": "Sweeps and wirings on a cluster"}


def _beside(part, java, work):
    """A part of Maven's checks, and other work beside it; where one core is all, one after the other. Their statuses."""
    with maven.beside(java, part) as ended:
        good = _passed(part, ended, java) if _at_a_time() == 1 else None
        status = work()
        good = _passed(part, ended, java) if good is None else good
        return [status, 0 if good else 1]


def _passed(part, ended, java):
    """Whether that part of Maven's checks passed; says how many tests ran, or all that Maven said where one failed."""
    passed = ended()
    log = maven.check_log(part)
    said = log.read_text(encoding="utf-8", errors="replace")
    ran = sum(map(int, re.findall(r"^\[\w+\] Tests run: (\d+), Failures: 0, Errors: 0, Skipped: \d+$", said, re.MULTILINE)))
    what = f"== {_CHECKED[part]}, Java {java.version}"
    if passed and ran:
        say(f"{what}: {count(ran, 'test')} passed; the log is {places.shown(log)}")
        return True
    say(f"{what}: failed\n{said}")
    return False


def _pytest(what, arguments, kernel, kit):
    """Tests that talk to the kernel that was set up last."""
    say(f"== {what}, kernel {kernel}, Java {kit.version}")
    command = [sys.executable, "-B", "-m", "pytest", "-c", TESTS / "pytest.ini", *arguments]
    return subprocess.run(command, cwd=places.ROOT).returncode


def spark(asked, kit):
    """environment/spark"""
    if asked.action == "stop":
        say("The cluster is stopped." if cluster.stop() else "There is no cluster.")
        return 0
    if asked.action == "start" and maven.is_built("spark"):
        say(cluster.start(kit, maven.spark_jars()))
        return 0
    if asked.action == "run":
        os.environ.update(_spark_kernel(kit))
        outcomes = runner.run([Path(path).resolve() for path in asked.notebooks], places.output(), "QUICK", 600)
        return 1 if any(outcome.error for outcome in outcomes) else 0
    with lock.take():
        if asked.action == "test":
            return 0 if maven.test_spark(kit) else 1
        maven.build(kit, "spark")
        say(cluster.start(kit, maven.spark_jars()))
    return 0


def bench(asked, kit):
    """environment/bench"""
    from .bench import clusters, command

    if asked.rows == ["spark"]:
        _locks.append(lock.take())
        maven.build(kit, "spark")
        clusters.run(kit, asked.quick)
        return 0
    names = command.choose(asked.rows, asked.quick)
    if "start" in names and not asked.jmh:
        _kernel(asked, kit)
    else:
        _locks.append(lock.take())
    maven.build(kit, "benchmarks")
    if asked.jmh:
        return command.jmh(kit, asked.jmh)
    folder = command.Bench(kit, asked.quick, asked.busy).run(names, places.KERNEL_SPEC.parent)
    if asked.markdown:
        command.write_markdown(folder, asked.markdown)
    return 0
