"""What users are told: plain sentences, without stack traces."""

import errno

_FULL = (errno.ENOSPC, errno.EDQUOT)


class Problem(Exception):
    """Something the user can put right. The message says what was found and what to do."""

    def __init__(self, message, status=1):
        super().__init__(message)
        self.status = status


def say(line):
    print(line, flush=True)


def count(number, word):
    """A number with its word, such as 1 figure or 2 figures."""
    return f"{number} {word}" + ("" if number == 1 else "s")


def of_file(error):
    """What an OSError comes to."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in _FULL:
        return Problem(f"The disk is full{where}. Make room and try again: what was half done is done anew.")
    return Problem(f"A file could not be used: {error.strerror}{where}. Put that right and try again.")
