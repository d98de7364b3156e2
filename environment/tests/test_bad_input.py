"""What is put in the way of the commands, and what they say: one sentence, its remedy, and the next try works."""

import os
import shutil
import socket
import subprocess
import sys
import zipfile

import pytest

import context  # noqa: F401
import fakes
from hopwise_environment import lock, places, venv

STRANGE = "it's a \"clone\" of $HOME, über"
SET_UP = "import sys; sys.path.insert(0, 'environment'); from hopwise_environment import start, venv; "
SET_UP += "start._run = lambda *asked: venv.set_up(); sys.exit(start.main(['classpath']))"


def call(command, *arguments, root=places.ROOT, **variables):
    """A command of the environment in a clone; returns its status, what it printed, and its complaint."""
    environment = {**os.environ, **variables}
    done = subprocess.run([root / "environment" / command, *arguments], env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def clone(folder):
    """As much of a clone as commands need before Maven comes in."""
    skip = shutil.ignore_patterns("__pycache__", "target", "bench*", "fonts")
    shutil.copytree(places.ENVIRONMENT, folder / "environment", ignore=skip)
    shutil.copytree(places.NOTEBOOKS, folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder


def wheel(folder, name="tool", version="1.0"):
    """A package of nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    about = f"{name}-{version}.dist-info"
    texts = {
        f"{name}.py": "",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        for path, text in {**texts, f"{about}/RECORD": "".join(f"{path},,\n" for path in texts)}.items():
            archive.writestr(path, text)


def set_up(root, **variables):
    """The set-up of the virtual environment alone."""
    variables = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(root / "wheels"), **variables}
    command = [sys.executable, "-c", SET_UP]
    done = subprocess.run(command, cwd=root, env={**os.environ, **variables}, capture_output=True, text=True)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "version, compiler, words",
    [("11.0.2", True, "Java 11.0.2 was found in .*; Hopwise needs 17 or newer"), ("17.0.1", False, "not compile them")],
)
@pytest.mark.parametrize("command", ["figures", "test", "lab", "classpath", "bench"])
def test_a_java_that_will_not_do_is_told_before_anything_is_set_up(tmp_path, command, version, compiler, words):
    home = fakes.java_home(tmp_path / "jdk", version, compiler=compiler)
    status, said, complaint = call(command, "--java", str(home))
    assert (status, said) == (1, "")
    fakes.one_sentence(complaint, words, "Install a JDK of version 17 or newer")


def test_without_an_index_the_missing_package_is_named_and_the_next_try_works_whatever_the_folder_is_called(tmp_path):
    root = clone(tmp_path / STRANGE)
    (root / "environment" / "requirements.txt").write_text("tool==1.0\n")
    status, complaint = set_up(root)
    assert status == 1
    fakes.one_sentence(complaint, "pip cannot find tool==1.0", "PIP_INDEX_URL, PIP_FIND_LINKS.*try again")
    wheel(root / "wheels")
    # pip splits its links at blanks, so here they come from within.
    assert set_up(root, PIP_FIND_LINKS="wheels") == (0, "")
    assert (root / ".venv" / "tools-installed").is_file()
    status, _, complaint = call("figures", "fig0", root=root)
    assert (status, complaint.splitlines()[0]) == (2, "There is no figure 'fig0'. The figures are:")


def test_an_index_out_of_reach_is_told_like_an_empty_one(tmp_path):
    root = clone(tmp_path)
    (root / "environment" / "requirements.txt").write_text("jjava==1.0a8\n")
    # Port 9 of this machine: nobody answers there.
    out_of_reach = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "NO_PROXY": "127.0.0.1"}
    status, complaint = set_up(root, **out_of_reach)
    assert status == 1
    fakes.one_sentence(complaint, "pip cannot find jjava==1.0a8, the Java kernel. Let pip reach PyPI")


def test_an_old_pip_is_renewed_first_and_said_where_that_fails(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    folder, log = tmp_path / "venv", tmp_path / "log"
    venv.make(folder, log)
    monkeypatch.setattr(venv, "OLDEST_PIP", (1000, 0))
    with pytest.raises(venv.Problem, match=r"pip is too old for today's packages, and renewing it failed: pip cannot find"):
        venv.pip(["tool"], log, folder / "bin" / "python")
    wheel(tmp_path / "wheels", "pip", "1000.0")
    wheel(tmp_path / "wheels")
    venv.pip(["tool"], log, folder / "bin" / "python")
    assert list(folder.glob("lib/*/site-packages/pip-1000.0.dist-info")), "the newer one took its place"


@pytest.fixture
def full_disk(tmp_path):
    """A disk of 60 MB."""
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root may make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_is_told_and_with_room_the_next_try_works(full_disk):
    root = clone(full_disk)
    (root / "environment" / "requirements.txt").write_text("tool==1.0\n")
    wheel(root / "wheels")
    ballast = root / "ballast"
    with open(ballast, "wb") as stream:
        stream.write(b"\0" * (shutil.disk_usage(root).free - 3 * 2**20))
    status, complaint = set_up(root)
    assert status == 1
    fakes.one_sentence(complaint, "[Tt]he disk is full", "Make room .*and try again")
    ballast.unlink()
    assert set_up(root) == (0, "")


def test_results_that_do_not_fit_are_told_before_anything_is_computed(full_disk):
    with open(full_disk / "ballast", "wb") as stream:
        stream.write(b"\0" * (shutil.disk_usage(full_disk).free - 4096))
    status, said, complaint = call("figures", "fig1", HOPWISE_OUTPUT=str(full_disk / "out"))
    assert (status, said) == (1, "")
    fakes.one_sentence(complaint, "output folder .* cannot be written: No space left on device", "Make room")


def test_a_port_in_use_is_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        status, said, complaint = call("lab", "--no-browser", f"--port={port}")
    assert (status, said) == (1, "")
    fakes.one_sentence(complaint, f"Port {port} cannot be had: .*in use", "Name another, or none")


def test_beside_another_command_the_others_wait_for_nothing(tmp_path):
    root = clone(tmp_path)
    done = root / "target" / "environment"
    done.mkdir(parents=True)
    places_before, places.WORK = places.WORK, done
    try:
        with lock.take():
            status, said, complaint = call("figures", root=root)
    finally:
        places.WORK = places_before
    assert (status, said) == (1, "")
    fakes.one_sentence(complaint, f"Another command is at work in this folder .process {os.getpid()}", "Wait for it to end")


def test_a_folder_with_a_colon_is_refused(tmp_path):
    root = clone(tmp_path / "a:b")
    status, complaint = set_up(root)
    assert status == 1
    fakes.one_sentence(complaint, "has a colon, which separates paths. Move this folder")
