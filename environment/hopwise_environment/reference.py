"""The tables and claims of FULL runs that are kept in data/reference, and whether a new run gives the same."""

import csv
import json
import shutil
import tempfile
from pathlib import Path

from PIL import Image

from . import compare, places, results
from .problem import Problem

FOLDER = places.ROOT / "data" / "reference"
# Rewording a claim is no new result.
_WORDING = ("statement", "source")
# Fewer pixels of the truth, in all its colours: a palette of 128 gave a band of one penalty the colour of another.
_WIDTH = 1200


def provenance(figure, references=None):
    """How the kept tables of a figure came to be; None if there are none."""
    path = (references or FOLDER) / figure / "provenance.json"
    if not path.is_file():
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Problem(f"{places.shown(path)} is damaged ({error}). Restore it, or keep the figure anew.") from error


def keep(figure, output, references=None):
    """Copies what a FULL run wrote, in place of what was kept before, with a small picture for the README; returns how
    many tables and claims that are."""
    references = references or FOLDER
    run = results.read(output, figure)
    if run is None or run["profile"] != "FULL":
        raise Problem(f"{figure} is not from a FULL run; make it with environment/figures --profile full --keep {figure}.")
    sources = _written(output, figure, run)
    if not sources:
        return 0
    references.mkdir(parents=True, exist_ok=True)
    for leftover in references.glob(f".{figure}.*"):
        shutil.rmtree(leftover)
    # All in a new folder that then takes the old one's place: a reference is never of two runs.
    work = Path(tempfile.mkdtemp(dir=references, prefix=f".{figure}."))
    fresh = work / "fresh"
    for name, path in sources.items():
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, fresh / f"{name}.csv")
    shrink(output / f"{figure}.png", fresh / "picture.png")
    text = json.dumps(_describe(figure, output, run, sources), indent=2, ensure_ascii=False) + "\n"
    (fresh / "provenance.json").write_text(text, encoding="utf-8")
    if (references / figure).exists():
        (references / figure).rename(work / "old")
    fresh.rename(references / figure)
    shutil.rmtree(work)
    return len(sources)


def shrink(source, target):
    """Writes a picture at most so wide; one that is no wider keeps every pixel."""
    with Image.open(source) as opened:
        picture = opened.convert("RGB")
    if picture.width > _WIDTH:
        height = max(1, round(picture.height * _WIDTH / picture.width))
        picture = picture.resize((_WIDTH, height), Image.Resampling.LANCZOS)
    picture.save(target, "PNG", optimize=True)


def _written(output, figure, run):
    """Files of a run by their name in the reference."""
    tables = {name: output / "tables" / figure / f"{name}.csv" for name in run["tables"]}
    return tables | {f"claims/{name}": output / "claims" / f"{name}.csv" for name in run["claims"]}


def _describe(figure, output, run, sources):
    made = json.loads((output / f"{figure}.json").read_text(encoding="utf-8")).get("provenance", {})
    seeds, settings, verdicts = {}, {}, {}
    for name, path in sources.items():
        with open(path, newline="", encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        if name.startswith("claims/"):
            settings[rows[0]["claim"]] = rows[0]["settings"]
            verdicts[rows[0]["claim"]] = rows[0]["verdict"]
        elif "seed" in rows[0]:
            seeds[name] = _span({int(row["seed"]) for row in rows})
    return {
        "figure": figure,
        "profile": run["profile"],
        "version": made.get("hopwise", "unknown"),
        "java": made.get("java", "unknown"),
        **{key: run[key] for key in ("machine", "date", "seconds", "resumed") if key in run},
        "seeds": seeds,
        "settings": settings,
        "verdicts": verdicts,
    }


def _span(numbers):
    low, high = min(numbers), max(numbers)
    if low == high:
        return str(low)
    whole = len(numbers) == high - low + 1
    return f"{low} to {high}" if whole else ", ".join(map(str, sorted(numbers)))


def check(figure, output, tolerance, references=None):
    """Compares what a run wrote with what was kept. Returns whether it is the same, and a few words."""
    kept = (references or FOLDER) / figure
    if provenance(figure, references) is None:
        return False, "no reference"
    run = results.read(output, figure)
    if run is None:
        return False, "differs (the figure was not written)"
    fresh = _written(output, figure, run)
    names = {path.relative_to(kept).with_suffix("").as_posix() for path in kept.rglob("*.csv")}
    largest = 0.0
    for name in sorted({*names, *fresh}):
        label = f"claim {name[len('claims/'):]}" if name.startswith("claims/") else f"table {name}"
        if name not in names:
            return False, f"differs ({label} is not in the reference)"
        if name not in fresh:
            return False, f"differs ({label} is in the reference but was not written)"
        difference, deviation = compare.tables(kept / f"{name}.csv", fresh[name], tolerance, _WORDING)
        if difference:
            return False, f"differs ({label}, {difference})"
        largest = max(largest, deviation)
    return True, "same" + (f" (to {largest:.1g} of a column's scale)" if largest else "")
