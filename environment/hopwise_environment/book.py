"""A book of lessons, figures, claims and API, made by Jupyter Book from executed notebooks. Its pages need no network."""

import hashlib
import json
import re
import shutil
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, PackageLoader

from . import books, files, gallery, places, reference, venv
from .problem import Problem, count, say
from .processes import run

FOLDER = places.ROOT / "target" / "book"
PAGES = FOLDER / "html"
VENV = places.ROOT / ".venv-book"
LOG = places.WORK / "book.log"
_PYTHON = VENV / "bin" / "python"
_DONE = VENV / "book-installed"
_REQUIREMENTS = places.ENVIRONMENT / "book_requirements.txt"
_TEMPLATES = Environment(loader=PackageLoader(__package__, "templates/book"), trim_blocks=True, lstrip_blocks=True, autoescape=True)
_FAMILIES = {
    "fig": ("Walks and penalties", "arXiv 2605.03598"),
    "supp": ("Walks and penalties, supplements", "arXiv 2605.03598"),
    "real": ("Measured networks", "data of others, see data/README.md"),
    "rm": ("Random modes and dimension", "arXiv 2409.01969"),
    "crit": ("Critical lattices", "arXiv 2405.13854"),
    "net": ("Complex-network metrics", "arXiv 2404.11172"),
    "low": ("Low-rank inference", "see the notebooks"),
    "ctrnn": ("Networks over time", "see the notebooks"),
}


def set_up():
    """Installs Jupyter Book, unless it is there."""
    fingerprint = hashlib.sha256(_REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    if not (_DONE.is_file() and _DONE.read_text(encoding="utf-8") == fingerprint):
        say("Installing Jupyter Book into .venv-book (once; a minute, 400 MB) …")
        venv.make(VENV, LOG)
        venv.pip(["-r", _REQUIREMENTS], LOG, _PYTHON)
        files.write(_DONE, fingerprint)


def missing(output):
    """The notebooks that have not been executed yet."""
    return [path for path in [*books.lessons(), *books.figures()] if not (output / "notebooks" / path.name).is_file()]


def build(output):
    """Writes the sources of the book and has it made; returns its first page."""
    source = FOLDER / "source"
    shutil.rmtree(source, ignore_errors=True)
    (source / "notebooks").mkdir(parents=True)
    chapters = {path: _title(path) for path in (output / "notebooks").glob("*.ipynb") if (places.NOTEBOOKS / path.name).is_file()}
    lessons = sorted((path for path in chapters if books.LESSON.fullmatch(path.stem)), key=lambda path: path.stem)
    figures = sorted((path for path in chapters if books.FIGURE.fullmatch(path.stem)), key=lambda path: books.order(path.stem))
    for path in chapters:
        _copy(path, source, chapters)
    cards = [_card(path, chapters[path], output, source) for path in figures]
    groups = [(*about, [card for card in cards if card["family"] == family]) for family, about in _FAMILIES.items()]
    context = {
        "groups": [group for group in groups if group[2]],
        "lessons": [(path.stem, chapters[path]) for path in lessons],
        "figures": [path.stem for path in figures],
        "claims": [(card, claim) for card in cards for claim in card["claims"]],
        "has_api": _copy_api(source),
    }
    for name in ("index.md", "claims.md", "api.md", "_toc.yml", "_config.yml"):
        files.write(source / name, _TEMPLATES.get_template(name + ".j2").render(context))
    files.write(source / "_static" / "book.css", _TEMPLATES.get_template("book.css").render())
    _copy_mathjax(source)
    run([VENV / "bin" / "jupyter-book", "build", "--all", "--quiet", "--path-output", FOLDER, source], LOG, "Making the book failed")
    shutil.rmtree(PAGES, ignore_errors=True)
    (FOLDER / "_build" / "html").rename(PAGES)
    broken = broken_links(PAGES)
    if broken:
        raise Problem("The book has broken links:" + "".join(f"\n  {line}" for line in broken[:20]))
    say(f"{count(len(lessons), 'lesson')} and {count(len(figures), 'figure')} in {places.shown(PAGES / 'index.html')}; links checked.")
    return PAGES / "index.html"


def _title(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    first = "".join(cells[0]["source"]) if cells else ""
    return first.lstrip("# ").splitlines()[0] if first.startswith("#") else path.stem.replace("_", " ")


def _copy(path, source, chapters):
    """An executed notebook as a page: a language that Sphinx knows, and only links that lead somewhere."""
    book = json.loads(path.read_text(encoding="utf-8"))
    book["metadata"]["language_info"] = {"name": "java", "file_extension": ".jshell", "pygments_lexer": "java"}
    names = {chapter.name for chapter in chapters}
    for cell in book["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            text = re.sub(r"\[([^\]]*)\]\(([\w]+\.ipynb)\)", lambda link: link[0] if link[2] in names else link[1], text)
            # The text of a folded solution becomes the book's own folding.
            text = re.sub(r"<details><summary>Solution</summary>\n\n(.*?)\n\n</details>", _dropdown, text, flags=re.DOTALL)
        cell["source"] = text.splitlines(keepends=True)
        if cell["metadata"].get("jupyter", {}).get("source_hidden"):
            cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), "hide-input"]
    files.write(source / "notebooks" / path.name, json.dumps(book, ensure_ascii=False))


def _dropdown(solution):
    return f":::{{dropdown}} Solution\n{solution[1]}\n:::"


def _card(path, title, output, source):
    """What the front says of a figure: from the FULL run that is kept and from the last run, side by side."""
    name = path.stem
    kept = reference.FOLDER / name
    pictures = {"FULL": kept / "picture.png", "this run": output / f"{name}.png"}
    shown = {}
    for label, picture in pictures.items():
        if picture.is_file():
            target = source / "_static" / "figures" / f"{name}-{label.split()[0].lower()}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            reference.shrink(picture, target)
            shown[label] = f"_static/figures/{target.name}"
    run, full = _claims(output, name), _claims(kept, name)
    return {
        "name": name,
        "word": name.split("_")[0],
        "family": re.match("[a-z]+", name)[0],
        "title": title,
        "finding": findings().get(name, ""),
        "pictures": shown,
        "counts": {label: _counts(claims) for label, claims in (("FULL", full), ("this run", run)) if claims},
        "claims": list((full or run).values()),
        "data": f"data/reference/{name}" if kept.is_dir() else f"target/figures/{name}.csv",
    }


def _claims(folder, name):
    word = name.split("_")[0] + "_"
    return {claim: about for claim, about in gallery.claims_of(folder).items() if claim.startswith(word)}


def _counts(claims):
    """Every claim with how many of its criteria are met, so that 33 of 36 and 5 of 18 do not look alike."""
    return [(about["look"], about["verdict"], about["met"], len(about["rows"])) for about in claims.values()]


def findings():
    """What came out, a figure: the last column of the table of figures."""
    rows = re.findall(r"^\| `(\w+)` \| .*? \| (.*) \|$", (places.NOTEBOOKS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    return {name: finding.replace("*", "").replace("`", "") for name, finding in rows}


def _copy_api(source):
    pages = places.TOOLKIT / "target" / "reports" / "apidocs"
    if not (pages / "index.html").is_file():
        return False
    shutil.copytree(pages, source / "_static" / "apidocs")
    return True


def _copy_mathjax(source):
    installed = next(VENV.glob("lib/python*/site-packages/mathjax/static/mathjax/es5"))
    target = source / "_static" / "mathjax"
    (target / "output" / "chtml").mkdir(parents=True)
    shutil.copyfile(installed / "tex-chtml.js", target / "tex-chtml.js")
    shutil.copytree(installed / "output" / "chtml" / "fonts", target / "output" / "chtml" / "fonts")


class _Links(HTMLParser):
    """What a page links to, loads, and can be jumped to."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loads, self.ids = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids |= {attributes.get("id"), attributes.get("name")}
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        elif tag in ("script", "img", "iframe", "source") and attributes.get("src"):
            self.loads.append(attributes["src"])
        elif tag == "link" and attributes.get("href") and attributes.get("rel") in ("stylesheet", "preload", "icon"):
            self.loads.append(attributes["href"])


def broken_links(folder):
    """Links that lead nowhere within the book, and what a page would load from elsewhere, in sentences."""
    pages = {path: _Links(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html")) if "_static" not in path.parts}
    broken = []
    for path, page in pages.items():
        here = path.relative_to(folder)
        broken += [f"{here} loads {load} from a network" for load in page.loads if urlsplit(load).scheme in ("http", "https")]
        for link in [*page.links, *page.loads]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.exists():
                broken.append(f"{here} leads to {link}, which is not there")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                broken.append(f"{here} leads to {link}, where there is no such place")
    return broken
