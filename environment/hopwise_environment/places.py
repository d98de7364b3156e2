"""Where things are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / "environment"
NOTEBOOKS = ROOT / "notebooks"
TOOLKIT = ROOT / "toolkit"
SPARK = TOOLKIT / "spark"
BENCHMARKS = ROOT / "environment" / "benchmarks"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
KERNEL_SPEC = VENV / "share" / "jupyter" / "kernels" / "java"
WORK = ROOT / "target" / "environment"
CHECK = ROOT / "target" / "check"


def output():
    """The folder of the results: HOPWISE_OUTPUT, else target/figures."""
    return Path(os.environ.get("HOPWISE_OUTPUT") or ROOT / "target" / "figures").absolute()


def shown(path):
    """A path as a user wants to read it: relative to the project where it lies inside."""
    try:
        return str(Path(path).relative_to(ROOT))
    except ValueError:
        return str(path)
