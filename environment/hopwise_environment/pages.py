"""Executed notebooks as pages that need neither network nor scripts. Needs nbconvert, which JupyterLab brings."""

from html import escape
from pathlib import Path

from . import files

# Nothing but the page's own style and the pictures within it is loaded, whatever a cell wrote.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def can_render():
    """Whether the tools are there."""
    try:
        import nbconvert  # noqa: F401
    except ImportError:
        return False
    return True


def render(notebook, title, back):
    """Writes the notebook as HTML beside it, unless it is there and newer; returns the path."""
    target = notebook.with_suffix(".html")
    if target.is_file() and target.stat().st_mtime_ns >= notebook.stat().st_mtime_ns:
        return target
    import nbformat
    from nbconvert import HTMLExporter
    from pygments.formatters import HtmlFormatter

    book = nbformat.read(notebook, 4)
    for output in (output for cell in book.cells for output in cell.get("outputs", [])):
        if "image/png" in output.get("data", {}):
            words = output.data.get("text/plain") or f"A picture of the notebook {title}"
            output.metadata.setdefault("image/png", {})["alt"] = words
    # The template without head: no MathJax, no require.js.
    exporter = HTMLExporter(
        template_name="basic", exclude_anchor_links=True, exclude_input_prompt=True, exclude_output_prompt=True
    )
    body, _ = exporter.from_notebook_node(book)
    link = f'<p class="back"><a href="{escape(back)}">All figures</a></p>'
    colours = HtmlFormatter().get_style_defs(".highlight")
    files.write(target, page(title, f'{link}\n<div class="notebook">\n{body}\n</div>\n{link}', colours))
    # Told to be as new as the notebook even if its text had not changed.
    target.touch()
    return target


def page(title, body, more_style="", policy=_POLICY):
    """A whole page; the title is text, the body HTML."""
    style = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
{style}{more_style}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
