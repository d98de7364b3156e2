"""The release as a stranger takes it: built again elsewhere, fetched by %maven into a JJava that knows nothing of it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import context  # noqa: F401
from hopwise_environment import jdk, kernels, maven, places, session

CELLS = (
    "%maven org.hopwise:hopwise:0.1.0",
    """\
import org.hopwise.*; import org.hopwise.network.*; import org.hopwise.rnn.*; import org.hopwise.task.*;
var network = RecurrentNetwork.random(Tasks.averaging(), 32, Activation.TANH, Seed.of(1));
HopProfile.of(network.weights(), 10).figure()""",
)


@pytest.fixture(scope="module")
def kit():
    """The JDK that the toolkit here was built with."""
    spec = json.loads((places.KERNEL_SPEC / "kernel.json").read_text(encoding="utf-8"))
    return jdk.find(Path(spec["argv"][0]).parents[1])


@pytest.fixture(scope="module")
def repository(kit, tmp_path_factory):
    """What a deployment writes, from a copy of the sources under another path."""
    folder = tmp_path_factory.mktemp("a stranger's")
    left = shutil.ignore_patterns("target", ".git", ".venv*", "node_modules")
    shutil.copytree(places.ROOT, folder / "clone", ignore=left, symlinks=True)
    repository = folder / "repository"
    place = f"-DaltDeploymentRepository=stranger::{repository.as_uri()}"
    # A repository has no use for copies of what is needed.
    command, environment = maven.command(kit, *maven.UNCHECKED, "-Dmdep.skip", place, "deploy", root=folder / "clone")
    done = subprocess.run(command, cwd=folder / "clone", env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
    return repository


@pytest.mark.parametrize("ending", [".jar", "-sources.jar", "-javadoc.jar"])
def test_a_build_elsewhere_has_the_same_bytes(repository, ending):
    released = repository / "org" / "hopwise" / "hopwise" / "0.1.0" / f"hopwise-0.1.0{ending}"
    here = places.TOOLKIT / "target" / released.name
    assert released.read_bytes() == here.read_bytes()


def test_maven_in_a_bare_notebook_brings_a_hop_profile(kit, repository, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    command, environment = maven.command(kit, "-v")
    said = subprocess.run(command, env=environment, capture_output=True, text=True).stdout
    home = next(line for line in said.splitlines() if "Maven home: " in line).partition("Maven home: ")[2]
    # Where Maven's own settings name a mirror, the kernel is to ask that one too.
    monkeypatch.setenv("MAVEN_HOME", home.strip())
    argv = [str(kit.java), "--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED", "-jar", str(kernels.JJAVA), "{connection_file}"]
    specs = tmp_path / "specs"
    (specs / "java").mkdir(parents=True)
    (specs / "java" / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Java", "language": "java"}))
    with session.Session(specs, tmp_path / "kernel.log") as kernel:
        kernel.wait_until_ready()
        with pytest.raises(session.CellError):
            kernel.execute("org.hopwise.Seed.of(1)")
        kernel.execute(f"%mavenRepo stranger {repository.as_uri()}")
        shown = [kernel.execute(cell, 300) for cell in CELLS][-1]
    assert any("image/png" in content.get("data", {}) for content in shown)
