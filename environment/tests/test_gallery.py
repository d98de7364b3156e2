import re
import tempfile
import unittest
from html.parser import HTMLParser
from pathlib import Path

import context  # noqa: F401
import folders
from hopwise_environment import gallery

LOADING = {"img", "script", "link", "iframe", "source", "object", "embed", "video", "audio"}
VOID = {"meta", "img", "br", "hr", "link", "input", "col"}


class Reader(HTMLParser):
    """Notes what a page loads, its links and its pictures, and that every tag is closed."""

    def __init__(self, text):
        super().__init__()
        self.loads, self.links, self.alts, self.open, self.text, self.ids = [], [], [], [], "", set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.add(attributes.get("id"))
        if tag in LOADING:
            self.loads.append(attributes.get("src") or attributes.get("href") or attributes.get("data") or tag)
        if tag == "a":
            self.links.append(attributes["href"])
        if tag == "img":
            self.alts.append(attributes.get("alt"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text += data


class GalleryTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def page(self):
        self.html = gallery.write(self.folder).read_text(encoding="utf-8")
        reader = Reader(self.html)
        self.assertEqual([], reader.open, "every tag is closed")
        return reader

    def test_a_figure_stands_with_all_that_belongs_to_it(self):
        tables = {"x": '"seed"\n0\n'}
        folders.run(self.folder, "fig2_a", tables=tables, claims={"fig2_c": folders.claim("fig2_c", "holds in part", "false")})
        page = self.page()
        self.assertEqual(["fig2_a.png"], page.loads)
        self.assertEqual(["What is seen."], page.alts)
        for link in ["fig2_a.png", "fig2_a.svg", "fig2_a.csv", "#fig2_a"]:
            self.assertIn(link, page.links)
        for words in ["A title", "What is seen.", "It is so.", "a paper", "0.95 [0.93, 0.97], n = 20", "> 0.9", "1 min 2 s"]:
            self.assertIn(words, page.text)
        self.assertRegex(page.text, r"Profile\s*FULL\s*Seeds\s*20\s")
        self.assertIn("Evidence, 0 of 1 met", page.text)

    def test_figures_stand_in_reading_order_and_earlier_ones_stay(self):
        for name in ["real1_w", "fig10_b", "fig2_a"]:
            folders.run(self.folder, name)
        folders.write(self.folder / "other.png", "not a figure")
        self.page()
        self.assertEqual(["fig2_a", "fig10_b", "real1_w"], re.findall(r'<section id="(\w+)"', self.html))

    def test_every_text_is_escaped(self):
        nasty = "<script>alert('1')</script> & \"quotes\""
        written = nasty.replace('"', '""')
        told = folders.claim("fig2_c", statement=written, verdict="<b>odd</b>", settings="a = <i>").replace("a paper", "<u>")
        folders.run(self.folder, "fig2_a", title=nasty, description=nasty, claims={"fig2_c": told})
        page = self.page()
        self.assertNotIn("<script", self.html)
        for tag in ["<b>", "<i>", "<u>"]:
            self.assertNotIn(tag, self.html)
        self.assertEqual([nasty], page.alts)
        self.assertEqual(4, page.text.count(nasty), "contents, heading, caption and claim")

    def test_each_verdict_has_its_look(self):
        verdicts = {"holds": "good", "holds in part": "part", "does not hold": "bad", "not enough seeds to tell": "open"}
        claims = {f"fig2_{i}": folders.claim(f"c{i}", verdict) for i, verdict in enumerate([*verdicts, "new word"])}
        folders.run(self.folder, "fig2_a", claims=claims)
        page = self.page()
        for verdict, look in [*verdicts.items(), ("new word", "open")]:
            self.assertEqual(2, self.html.count(f'<span class="verdict {look}">{verdict}</span>'), verdict)
        counts = "holds (1), holds in part (1), does not hold (1), not enough seeds to tell (1), new word (1)."
        self.assertIn(counts, page.text)

    def test_too_few_seeds_leave_the_evidence_undecided(self):
        claims = {"fig2_c": folders.claim("c", "not enough seeds to tell", settings="seeds = 2", count="2")}
        folders.run(self.folder, "fig2_a", claims=claims)
        self.assertIn("undecided", self.page().text)
        self.assertNotIn("met</summary>", self.html)

    def test_a_paired_test_shows_effect_size_and_p(self):
        told = folders.claim("c").replace("profile\n", "profile,effect,p\n").replace("FULL\n", "FULL,1.234,0.00312\n")
        folders.run(self.folder, "fig2_a", claims={"fig2_c": told})
        self.assertIn("n = 20; d = 1.2, p = 0.0031", self.page().text)

    def test_exact_values_need_no_seeds(self):
        claims = {"fig2_c": folders.claim("c", settings="", count="")}
        folders.run(self.folder, "fig2_a", claims=claims)
        self.assertIn("none needed, values are exact", self.page().text)

    def test_quick_figures_are_marked(self):
        folders.run(self.folder, "fig2_a", profile="QUICK")
        self.page()
        self.assertEqual(2, self.html.count('<span class="soft">QUICK</span>'), "in the contents and above the figure")

    def test_a_redrawn_figure_says_where_its_numbers_are_from(self):
        kept = {"date": "2026-01-02", "machine": "Linux x86-64, 2 cores", "seconds": 125}
        folders.run(self.folder, "fig2_a", profile="REFERENCE", tables={"x": "a\n1\n"}, kept=kept)
        self.assertIn("tables computed in FULL, 2026-01-02, in 2 min 5 s, Linux x86-64, 2 cores", self.page().text)

    def test_missing_pieces_are_said_and_nothing_breaks(self):
        folders.run(self.folder, "fig2_a")
        (self.folder / "fig2_a.png").unlink()
        folders.write(self.folder / "fig3_b.png", "a picture alone")
        folders.write(self.folder / "fig4_c.json", "not json")
        folders.write(self.folder / "fig5_d.json", "[]")
        page = self.page()
        self.assertEqual(["fig3_b.png"], page.loads)
        self.assertEqual(["fig3 b"], page.alts)
        self.assertIn("The picture is missing; environment/figures fig2 makes it.", page.text)
        self.assertIn("not recorded", page.text)
        self.assertNotIn("fig2_a.png", page.links)

    def test_claims_of_no_figure_stand_at_the_end(self):
        folders.run(self.folder, "fig2_a")
        folders.write(self.folder / "claims" / "lesson.csv", folders.claim("lesson", statement="Taught."))
        folders.write(self.folder / "claims" / "empty.csv", "")
        self.assertIn("Claims of no figure here", self.page().text)

    def test_no_figure_makes_no_page(self):
        self.assertIsNone(gallery.write(self.folder))

    def test_the_executed_notebook_stands_beside_it_and_loads_nothing(self):
        import nbformat

        folders.run(self.folder, "fig2_a")
        show = nbformat.v4.new_output("display_data", {"image/png": "iVBORw0K", "text/plain": "Title. <what>"})
        code = nbformat.v4.new_code_cell("var a = 1 < 2;", outputs=[show])
        text = nbformat.v4.new_markdown_cell("# Why $x$?\n[a link](https://arxiv.org)")
        kernel = {"name": "java", "language": "java", "display_name": "Java"}
        book = nbformat.v4.new_notebook(cells=[text, code], metadata={"kernelspec": kernel})
        folders.write(self.folder / "notebooks" / "fig2_a.ipynb", nbformat.writes(book))
        self.assertIn("notebooks/fig2_a.html", self.page().links)
        html = (self.folder / "notebooks" / "fig2_a.html").read_text(encoding="utf-8")
        page = Reader(html)
        self.assertEqual(["data:image/png;base64,iVBORw0K"], page.loads)
        self.assertEqual(["Title. <what>"], page.alts)
        self.assertIn("../index.html#fig2_a", page.links)
        self.assertNotRegex(html, r"@import|url\(")
        self.assertIn("default-src 'none'", html)

    def test_the_page_may_load_only_what_lies_beside_it(self):
        folders.run(self.folder, "fig2_a")
        self.page()
        self.assertNotIn("http:", self.html)
        self.assertNotIn("https:", self.html)
        self.assertIn("default-src 'none'", self.html)


if __name__ == "__main__":
    unittest.main()
