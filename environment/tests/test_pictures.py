import random
import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
from PIL import Image, ImageChops
from hopwise_environment import reference


def crowd(width, height):
    """A picture in which no colour comes twice in a row: more of them than any palette holds."""
    draw = random.Random(1)
    picture = Image.new("RGB", (width, height))
    picture.putdata([tuple(draw.randrange(256) for _ in range(3)) for _ in range(width * height)])
    return picture


class PicturesTest(unittest.TestCase):
    def kept(self, picture):
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "a.png", Path(folder) / "b.png"
            picture.save(source)
            reference.shrink(source, target)
            with Image.open(target) as opened:
                return opened.copy()

    def test_a_kept_picture_has_every_colour_of_the_fresh_one(self):
        fresh = crowd(300, 200)
        kept = self.kept(fresh)
        self.assertEqual("RGB", kept.mode)
        self.assertIsNone(ImageChops.difference(fresh, kept).getbbox())

    def test_a_wide_picture_keeps_the_colours_of_its_areas(self):
        fresh = Image.new("RGB", (2400, 100), "white")
        for i in range(81):
            fresh.paste((3 * i, 255 - 3 * i, (37 * i) % 256), (24 * i, 0, 24 * i + 24, 100))
        kept = self.kept(fresh)
        self.assertEqual((1200, 50), kept.size)
        seen = [kept.getpixel((12 * i + 6, 25)) for i in range(81)]
        wanted = [(3 * i, 255 - 3 * i, (37 * i) % 256) for i in range(81)]
        self.assertLess(max(abs(a - b) for one, other in zip(seen, wanted) for a, b in zip(one, other)), 2)


if __name__ == "__main__":
    unittest.main()
