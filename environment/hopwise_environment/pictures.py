"""Pictures small enough to be kept beside their tables."""

# Drawings have few colours: 128 of them and 1200 pixels a line take about a sixth of the bytes and read the same.
WIDTH = 1200
COLOURS = 128


def shrink(source, target):
    """Writes a picture at most WIDTH pixels wide, in at most COLOURS colours."""
    from PIL import Image

    with Image.open(source) as opened:
        picture = opened.convert("RGB")
    if picture.width > WIDTH:
        height = max(1, round(picture.height * WIDTH / picture.width))
        picture = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    # Not by how many pixels have a colour: markers are small, and their colours must stay apart.
    picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
