"""One page with every figure of a folder: picture, caption, claims with their evidence, how it was made, files; and the
executed notebooks as pages. None of them needs network or scripts."""

import csv
import json
from collections import Counter

import nbformat
from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from nbconvert import HTMLExporter
from pygments.formatters import HtmlFormatter

from . import books, files, results

_PAGES = Environment(loader=PackageLoader(__package__), autoescape=True, trim_blocks=True, lstrip_blocks=True)
_UNDECIDED = "not enough seeds to tell"
_LOOKS = {"holds": "good", "holds in part": "part", "does not hold": "bad", _UNDECIDED: "open"}


def write(folder):
    """Writes index.html, and the executed notebooks as pages; returns the index, or None if there is no figure."""
    names = {path.stem for suffix in (".json", ".png") for path in folder.glob("*" + suffix)}
    claims = claims_of(folder)
    figures = [_figure(folder, name, claims) for name in sorted(filter(books.FIGURE.fullmatch, names), key=books.order)]
    if not figures:
        return None
    used = {claim["name"] for figure in figures for claim in figure["claims"]}
    others = [claim for name, claim in claims.items() if name not in used]
    shown = [*(claim for figure in figures for claim in figure["claims"]), *others]
    verdicts = Counter(claim["verdict"] for claim in shown)
    page = _PAGES.get_template("gallery.html").render(
        figures=figures,
        others=others,
        verdicts=sorted(verdicts.items(), key=lambda pair: [*_LOOKS, *verdicts].index(pair[0])),
        has_table=(folder / "claims.csv").is_file(),
    )
    files.write(folder / "index.html", page)
    return folder / "index.html"


def claims_of(folder):
    """Claims by name; a file that cannot be read as one is left out here, and said elsewhere."""
    claims = {}
    for path in sorted((folder / "claims").glob("*.csv")):
        with open(path, newline="", encoding="utf-8", errors="replace") as stream:
            rows = list(csv.DictReader(stream))
        if rows and rows[0].get("statement"):
            claims[path.stem] = _claim(path.stem, rows)
    return claims


def _claim(name, rows):
    first = rows[0]
    verdict = first.get("verdict") or "no verdict"
    return {
        "name": name,
        "statement": first["statement"],
        "source": first.get("source"),
        "settings": first.get("settings"),
        "verdict": verdict,
        "look": _LOOKS.get(verdict, "open"),
        "is_undecided": verdict == _UNDECIDED,
        "met": sum(row.get("met") == "true" for row in rows),
        "rows": [_evidence(row, verdict) for row in rows],
        "seeds": {words[8:] for row in rows for words in (row.get("settings") or "").split("; ") if words[:8] == "seeds = "},
        "is_exact": not any(row.get("count") for row in rows),
    }


def _evidence(row, verdict):
    estimate = _number(row.get("estimate"))
    if row.get("count"):
        estimate += f" [{_number(row.get('low'))}, {_number(row.get('high'))}], n = {row['count']}"
    if row.get("p"):
        estimate += f"; d = {_number(row.get('effect'), 2)}, p = {_number(row['p'], 2)}"
    met = {"true": "yes", "false": "no"}.get(row.get("met") or "", "unknown")
    if verdict == _UNDECIDED and row.get("count"):
        met = "undecided"
    return row.get("what") or "", estimate, row.get("bound") or "", met


def _number(text, digits=6):
    try:
        return f"{float(text):.{digits}g}"
    except (TypeError, ValueError):
        return text or "unknown"


def _figure(folder, name, claims):
    """All that is known about a figure."""
    try:
        about = dict(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        about = {}
    run = results.read(folder, name) or {}
    word = name.split("_")[0]
    mine = run.get("claims", [claim for claim in claims if claim.startswith(word + "_")])
    mine = [claims[claim] for claim in mine if claim in claims]
    title = about.get("title") or name.replace("_", " ")
    there = {suffix: name + suffix for suffix in results.SUFFIXES if (folder / (name + suffix)).is_file()}
    links = {suffix[1:].upper(): file for suffix, file in there.items() if suffix != ".json"}
    return {
        "name": name,
        "word": word,
        "title": title,
        "caption": about.get("description"),
        "size": {side: about[side] for side in ("width", "height") if isinstance(about.get(side), int)},
        "profile": about.get("profile"),
        "has_picture": ".png" in there,
        "claims": mine,
        "facts": _facts(about, run, mine),
        "links": links | _notebook(folder / "notebooks" / f"{name}.ipynb", title),
    }


def _facts(about, run, claims):
    seeds = ", ".join(sorted(set().union(*(claim["seeds"] for claim in claims))))
    exact = "none needed, values are exact" if claims and all(claim["is_exact"] for claim in claims) else "not recorded"
    facts = {"Profile": about.get("profile") or "not recorded", "Seeds": seeds or exact}
    facts["Time taken"] = _time(run) if run else "not recorded"
    if run:
        facts["Made"] = f"{run['date']}, {run['machine']}"
    kept = run.get("reference")
    if kept:
        day, where = kept.get("date", "day unknown"), kept.get("machine", "machine unknown")
        facts["Drawn from"] = f"tables computed in FULL, {day}, in {_time(kept)}, {where}"
    made = about.get("provenance")
    if isinstance(made, dict) and made.get("hopwise"):
        facts["Version"] = f"Hopwise {made['hopwise']}, Java {made.get('java', 'unknown')}"
    return facts


def _time(run):
    minutes, seconds = divmod(round(run.get("seconds", 0)), 60)
    text = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
    return text + (" since it was resumed" if run.get("resumed") else "")


def _notebook(notebook, title):
    """Links to an executed notebook, and to it as a page, which is made anew where it is older."""
    if not notebook.is_file():
        return {}
    page = notebook.with_suffix(".html")
    if not page.is_file() or page.stat().st_mtime_ns < notebook.stat().st_mtime_ns:
        book = nbformat.read(notebook, 4)
        for output in (output for cell in book.cells for output in cell.get("outputs", [])):
            if "image/png" in output.get("data", {}):
                words = output.data.get("text/plain") or f"A picture of the notebook {title}"
                output.metadata.setdefault("image/png", {})["alt"] = words
        # The template without head: no MathJax, no require.js.
        bare = {f"exclude_{what}": True for what in ("anchor_links", "input_prompt", "output_prompt")}
        body, _ = HTMLExporter(template_name="basic", **bare).from_notebook_node(book)
        text = _PAGES.get_template("notebook.html").render(
            title=title,
            back=f"../index.html#{notebook.stem}",
            body=Markup(body),
            colours=Markup(HtmlFormatter().get_style_defs(".highlight")),
        )
        files.write(page, text)
        # Told to be as new as the notebook even if its text had not changed.
        page.touch()
    return {"Notebook with results": f"notebooks/{page.name}", "Notebook file": f"notebooks/{notebook.name}"}
