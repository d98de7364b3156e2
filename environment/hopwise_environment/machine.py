"""This machine in words that name nobody: system, processor, cores."""

import os
import platform
import re

_PROCESSORS = {"x86_64": "x86-64", "amd64": "x86-64", "aarch64": "arm64"}
_VECTORS = (("avx512f", " with AVX-512"), ("avx2", " with AVX2"))


def processor():
    """Such as AMD EPYC with AVX-512, 2 cores: its name as it gives it, where the system tells, and its widest vectors."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as stream:
            text = stream.read()
    except OSError:
        return words()
    name = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    vectors = next((words for flag, words in _VECTORS if re.search(rf"\b{flag}\b", text)), "")
    return (name.group(1).strip() + vectors + words()[words().index(",") :]) if name else words()


def words():
    """Such as Linux x86-64, 2 cores."""
    processor = platform.machine()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    name = f"{platform.system()} {_PROCESSORS.get(processor.lower(), processor)}"
    return f"{name}, {cores} core" + ("" if cores == 1 else "s")
