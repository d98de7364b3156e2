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
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix="." + path.name + ".")
    try:
        with open(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def check_writable(folder):
    """Makes the folder if need be and proves with a small file that results will fit in."""
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, probe = tempfile.mkstemp(dir=folder, prefix=".probe.")
        try:
            with open(handle, "wb") as stream:
                stream.write(b"\0" * 1_000_000)
                stream.flush()
                os.fsync(stream.fileno())
        finally:
            os.unlink(probe)
    except OSError as error:
        is_taken = isinstance(error, (FileExistsError, NotADirectoryError))
        reason = "a file is in its place" if is_taken else error.strerror
        raise Problem(
            f"The output folder {folder} cannot be written: {reason}. "
            "Make room or give write permission, or set HOPWISE_OUTPUT to another folder."
        ) from error
