"""Made-up results, as a run of figures leaves them."""

import json

from PIL import Image

from hopwise_environment import results

CLAIM_HEADER = "claim,statement,source,what,estimate,low,high,count,bound,met,verdict,settings,profile\n"


def claim(name, verdict="holds", met="true", statement="It is so.", estimate="0.95", count="20", settings="seeds = 20"):
    """A claim's file with one row of evidence."""
    row = f'{name},"{statement}",a paper,correlation,{estimate},0.93,0.97,{count},> 0.9,{met},{verdict},{settings},FULL\n'
    return CLAIM_HEADER + row


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(folder, name, profile="FULL", tables=None, claims=None, title="A title", description="What is seen.", kept=None):
    """All that a run of one figure writes."""
    before = results.snapshot(folder, name)
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (1600, 800), (len(profile), 0, 0)).save(folder / f"{name}.png")
    for suffix in (".svg", ".csv"):
        write(folder / (name + suffix), f"{profile} {name}{suffix}")
    made = {"hopwise": "0.1.0", "java": "17"}
    about = {"title": title, "description": description, "profile": profile, "provenance": made, "width": 800, "height": 400}
    write(folder / f"{name}.json", json.dumps(about))
    for table, text in (tables or {}).items():
        write(folder / "tables" / name / f"{table}.csv", text)
    for claim_name, text in (claims or {}).items():
        write(folder / "claims" / f"{claim_name}.csv", text)
    results.record(folder, name, before, 62, kept)
