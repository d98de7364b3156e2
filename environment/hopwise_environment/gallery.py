"""One page with every figure of a folder: picture, caption, claims with their evidence, how it was made, files."""

import csv
import json
from html import escape

from . import books, files, pages, results, runs

_CLASSES = {
    "holds": "good",
    "holds in part": "part",
    "does not hold": "bad",
    "not enough seeds to tell": "open",
}
_UNDECIDED = "not enough seeds to tell"
# Pictures beside the page, opened as a file or from a server.
_POLICY = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'"


def write(folder):
    """Writes index.html, and the executed notebooks as pages; returns the index, or None if there is no figure."""
    claims = _claims(folder)
    figures = [_figure(folder, name, claims) for name in _names(folder)]
    if not figures:
        return None
    used = {name for figure in figures for name in figure["claims"]}
    others = {name: rows for name, rows in claims.items() if name not in used}
    parts = [_head(figures, others, (folder / "claims.csv").is_file()), *(_section(figure) for figure in figures)]
    if others:
        parts.append('<section id="other">\n<h2>Claims of no figure here</h2>\n' + _claims_html(others) + "</section>")
    files.write(folder / "index.html", pages.page("Hopwise: figures", "\n".join(parts), policy=_POLICY))
    return folder / "index.html"


def _names(folder):
    names = {path.stem for suffix in (".json", ".png") for path in folder.glob("*" + suffix)}
    return sorted((name for name in names if books.FIGURE.fullmatch(name)), key=books.order)


def _claims(folder):
    """Rows of evidence by the name of the claim; a file that cannot be read is left out here, and said elsewhere."""
    claims = {}
    for path in sorted((folder / "claims").glob("*.csv")):
        with open(path, newline="", encoding="utf-8", errors="replace") as stream:
            rows = list(csv.DictReader(stream))
        if rows and rows[0].get("statement"):
            claims[path.stem] = rows
    return claims


def _figure(folder, name, claims):
    """All that is known about a figure."""
    try:
        about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        about = about if isinstance(about, dict) else {}
    except (OSError, ValueError):
        about = {}
    run = runs.read(folder, name) or {}
    word = name.split("_")[0] + "_"
    mine = run["claims"] if run else [claim for claim in claims if claim.startswith(word)]
    title = about.get("title") or name.replace("_", " ")
    return {
        "name": name,
        "title": title,
        "about": about,
        "run": run,
        "claims": {claim: claims[claim] for claim in mine if claim in claims},
        "files": [suffix for suffix in results.SUFFIXES if (folder / (name + suffix)).is_file()],
        "notebooks": _notebooks(folder / "notebooks" / f"{name}.ipynb", name, title),
    }


def _notebooks(notebook, name, title):
    found = {}
    if notebook.is_file():
        if pages.can_render():
            found["Notebook with results"] = "notebooks/" + pages.render(notebook, title, f"../index.html#{name}").name
        found["Notebook file"] = "notebooks/" + notebook.name
    return found


def _head(figures, others, has_table):
    claims = {name: rows for figure in figures for name, rows in figure["claims"].items()} | others
    counts = {}
    for rows in claims.values():
        counts[_verdict(rows)] = counts.get(_verdict(rows), 0) + 1
    said = [f"{word} ({counts[word]})" for word in sorted(counts, key=[*_CLASSES, *counts].index)]
    lines = ["<header>", "<h1>Figures</h1>"]
    if said:
        table = ' <a href="claims.csv">All evidence as a table (CSV)</a>.' if has_table else ""
        lines.append(f"<p>Verdicts: {escape(', '.join(said))}.{table}</p>")
    lines.append("<p>Follow a picture to see it in full size.</p>")
    if any(figure["about"].get("profile") == "QUICK" for figure in figures):
        lines.append(
            "<p>Figures marked QUICK have few seeds and short training; their verdicts are a first look. "
            "<code>environment/figures --profile full</code> computes the published sizes.</p>"
        )
    lines.append('<ul class="contents">')
    for figure in figures:
        badges = "".join(" " + _badge(_verdict(rows)) for rows in figure["claims"].values())
        lines.append(f'<li><a href="#{figure["name"]}">{escape(figure["title"])}</a>{_mark(figure)}{badges}</li>')
    return "\n".join([*lines, "</ul>", "</header>"])


def _mark(figure):
    """What a reader must know before looking: that sizes are small."""
    return ' <span class="soft">QUICK</span>' if figure["about"].get("profile") == "QUICK" else ""


def _section(figure):
    parts = [f'<section id="{figure["name"]}">', f"<h2>{escape(figure['title'])}{_mark(figure)}</h2>", _picture(figure)]
    if figure["claims"]:
        parts += ["<h3>Claims</h3>", _claims_html(figure["claims"])]
    parts += ["<h3>How it was made</h3>", _facts(figure), _links(figure), "</section>"]
    return "\n".join(parts)


def _picture(figure):
    about, name = figure["about"], figure["name"]
    caption = str(about.get("description") or "")
    if ".png" not in figure["files"]:
        short = name.split("_")[0]
        image = f"<p>The picture is missing; <code>environment/figures {short}</code> makes it.</p>"
    else:
        size = "".join(f' {side}="{about[side]}"' for side in ("width", "height") if isinstance(about.get(side), int))
        alt = escape(caption or figure["title"])
        image = f'<a href="{name}.png"><img src="{name}.png"{size} loading="lazy" alt="{alt}"></a>'
    text = f"\n<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"<figure>\n{image}{text}\n</figure>"


def _claims_html(claims):
    return "".join(_claim(rows) for rows in claims.values())


def _claim(rows):
    first, verdict = rows[0], _verdict(rows)
    met = sum(row.get("met") == "true" for row in rows)
    evidence = "".join(_evidence(row, verdict) for row in rows)
    settings = f"<p>Settings: {escape(first['settings'])}.</p>\n" if first.get("settings") else ""
    source = f'<p class="soft">{escape(first["source"])}</p>\n' if first.get("source") else ""
    found = "" if verdict == _UNDECIDED else f", {met} of {len(rows)} met"
    return (
        f'<div class="claim {_class(verdict)}">\n<p>{_badge(verdict)} {escape(first["statement"])}</p>\n{source}'
        f"<details>\n<summary>Evidence{found}</summary>\n"
        '<div class="wide">\n<table>\n<thead><tr><th>measured</th><th>estimate and interval</th><th>asked</th>'
        f"<th>met</th></tr></thead>\n<tbody>\n{evidence}</tbody>\n</table>\n</div>\n{settings}</details>\n</div>\n"
    )


def _evidence(row, verdict):
    estimate = _number(row.get("estimate"))
    if row.get("count"):
        estimate += f" [{_number(row.get('low'))}, {_number(row.get('high'))}], n = {row['count']}"
    if row.get("p"):
        estimate += f"; d = {_number(row.get('effect'), 2)}, p = {_number(row['p'], 2)}"
    met = {"true": "yes", "false": "no"}.get(row.get("met") or "", "unknown")
    if verdict == _UNDECIDED and row.get("count"):
        met = "undecided"
    cells = [row.get("what") or "", estimate, row.get("bound") or "", met]
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>\n"


def _number(text, digits=6):
    try:
        return f"{float(text):.{digits}g}"
    except (TypeError, ValueError):
        return text or "unknown"


def _verdict(rows):
    return rows[0].get("verdict") or "no verdict"


def _class(verdict):
    return _CLASSES.get(verdict, "open")


def _badge(verdict):
    return f'<span class="verdict {_class(verdict)}">{escape(verdict)}</span>'


def _facts(figure):
    about, run = figure["about"], figure["run"]
    facts = {"Profile": about.get("profile") or "not recorded", "Seeds": _seeds(figure["claims"])}
    facts["Time taken"] = _time(run) if run else "not recorded"
    if run:
        facts["Made"] = f"{run['date']}, {run['machine']}"
    kept = run.get("reference")
    if kept:
        facts["Drawn from"] = (
            f"tables computed in FULL, {kept.get('date', 'day unknown')}, in {_time(kept)}, "
            f"{kept.get('machine', 'machine unknown')}"
        )
    made = about.get("provenance")
    if isinstance(made, dict) and made.get("hopwise"):
        facts["Version"] = f"Hopwise {made['hopwise']}, Java {made.get('java', 'unknown')}"
    return "<dl>\n" + "".join(f"<dt>{name}</dt><dd>{escape(str(fact))}</dd>\n" for name, fact in facts.items()) + "</dl>"


def _seeds(claims):
    rows = [row for evidence in claims.values() for row in evidence]
    settings = [setting for row in rows for setting in (row.get("settings") or "").split("; ")]
    numbers = sorted({setting.removeprefix("seeds = ") for setting in settings if setting.startswith("seeds = ")})
    if numbers:
        return ", ".join(numbers)
    return "none needed, values are exact" if rows and not any(row.get("count") for row in rows) else "not recorded"


def _time(run):
    seconds = run.get("seconds", 0)
    text = f"{seconds:.0f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
    return text + (" since it was resumed" if run.get("resumed") else "")


def _links(figure):
    links = {suffix[1:].upper(): figure["name"] + suffix for suffix in figure["files"] if suffix != ".json"}
    text = "".join(f'<a href="{target}">{label}</a>' for label, target in (links | figure["notebooks"]).items())
    return f'<p class="links">{text}</p>'
