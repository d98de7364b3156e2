"""Whether two tables say the same."""

import csv
import math
import re

from . import places
from .problem import Problem

_WHOLE = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|NaN|[+-]?Infinity")


def tables(kept, fresh, tolerance, ignored=()):
    """The first difference between two CSV files in words, and the largest difference of numbers as a share of their
    column's scale, the largest absolute value in it. Whole numbers and strings must be equal, others within the tolerance.
    Equal code on equal processors gives equal bits; the tolerance leaves room for sums in another order. Java lets exp and
    its like differ in the last bit between processors, and training makes such differences grow."""
    kept_columns, fresh_columns = _columns(kept), _columns(fresh)
    if list(kept_columns) != list(fresh_columns):
        return f"columns: {', '.join(fresh_columns)} now, {', '.join(kept_columns)} in the reference", 0.0
    largest = 0.0
    for name, before in kept_columns.items():
        now = fresh_columns[name]
        if len(before) != len(now):
            return f"rows: {len(now)} now, {len(before)} in the reference", 0.0
        for row, deviation in enumerate([] if name in ignored else _deviations(before, now)):
            # Written so that NaN, which an infinite value leaves, is a difference too.
            if not deviation <= tolerance:
                return f"column {name}, row {row + 1}: {now[row]} now, {before[row]} in the reference", deviation
            largest = max(largest, deviation)
    return "", largest


def _deviations(before, now):
    """By how much each cell differs: a share of the column's scale for numbers with a point, else 0 or infinity."""
    cells = [cell for cell in [*before, *now] if cell]
    is_real = all(map(_NUMBER.fullmatch, cells)) and not all(map(_WHOLE.fullmatch, cells))
    finite = [abs(float(cell)) for cell in before if is_real and cell and math.isfinite(float(cell))]
    # Of a column of zeros no share can be taken; there the difference itself counts.
    scale = max(finite, default=0.0) or 1.0
    for a, b in zip(before, now):
        yield 0.0 if a == b else abs(float(a) - float(b)) / scale if is_real and a and b else math.inf


def _columns(path):
    try:
        with open(path, newline="", encoding="utf-8") as stream:
            header, *rows = csv.reader(stream, strict=True)
        if any(len(row) != len(header) for row in rows):
            raise ValueError("rows of different lengths")
    except (csv.Error, ValueError) as error:
        raise Problem(f"{places.shown(path)} is damaged ({error}). Restore it, or make it anew.") from error
    return {name: [row[index] for row in rows] for index, name in enumerate(header)}
