import random
import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
from PIL import Image
from hopwise_environment import reference


class PicturesTest(unittest.TestCase):
    def test_the_colour_of_a_small_marker_survives_a_crowd_of_others(self):
        draw = random.Random(1)
        picture = Image.new("RGB", (400, 300), "white")
        for x in range(400):
            for y in range(150):
                grey = draw.randrange(256)
                picture.putpixel((x, y), (grey, grey, grey))
        picture.paste((0xD5, 0x5E, 0x00), (200, 200, 206, 206))
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "a.png", Path(folder) / "b.png"
            picture.save(source)
            reference.shrink(source, target)
            with Image.open(target) as small:
                self.assertEqual((400, 300), small.size)
                seen = small.convert("RGB").getpixel((203, 203))
        self.assertLess(max(abs(a - b) for a, b in zip(seen, (0xD5, 0x5E, 0x00))), 12, seen)


if __name__ == "__main__":
    unittest.main()
