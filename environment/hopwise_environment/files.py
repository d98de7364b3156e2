"""Files that are whole or not there."""

import os
import tempfile
from pathlib import Path

from .problem import Problem


def write(path, text):
    """Writes a file under a temporary name and moves it into place; does nothing if it has that content already."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def check_writable(folder):
    """Makes the folder if need be and proves with a small file that results will fit in."""
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 1_000_000)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        is_taken = isinstance(error, (FileExistsError, NotADirectoryError))
        reason = "a file is in its place" if is_taken else error.strerror
        raise Problem(
            f"The output folder {folder} cannot be written: {reason}. "
            "Make room or give write permission, or set HOPWISE_OUTPUT to another folder."
        ) from error
