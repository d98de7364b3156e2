"""This machine in words that name nobody: system, processor, cores."""

import platform
import re

import psutil

_PROCESSORS = {"x86_64": "x86-64", "amd64": "x86-64", "aarch64": "arm64"}


def words():
    """Such as Linux x86-64, 2 cores."""
    processor = platform.machine()
    return f"{platform.system()} {_PROCESSORS.get(processor.lower(), processor)}, {_cores()}"


def processor():
    """Such as AMD EPYC with AVX-512, 2 cores: its name as it gives it, where the system tells, and its widest vectors."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as stream:
            text = stream.read()
    except OSError:
        return words()
    name = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    vectors = " with AVX-512" if " avx512f " in text else " with AVX2" if " avx2 " in text else ""
    return f"{name[1].strip()}{vectors}, {_cores()}" if name else words()


def _cores():
    process = psutil.Process()
    cores = len(process.cpu_affinity()) if hasattr(process, "cpu_affinity") else psutil.cpu_count() or 1
    return f"{cores} core" + ("" if cores == 1 else "s")
