"""This machine in words that name nobody: system, processor, cores."""

import os
import platform

_PROCESSORS = {"x86_64": "x86-64", "amd64": "x86-64", "aarch64": "arm64"}


def words():
    """Such as Linux x86-64, 2 cores."""
    processor = platform.machine()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    name = f"{platform.system()} {_PROCESSORS.get(processor.lower(), processor)}"
    return f"{name}, {cores} core" + ("" if cores == 1 else "s")
