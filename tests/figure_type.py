"""Whether a figure's type can be read on a phone, computed from the recorded SVG."""

import re

COLUMN = 350  # CSS pixels of the text column on a phone 390 pixels wide
SMALLEST = 9  # CSS pixels
PIXELS = 96 / 72  # CSS pixels in a point
WIDTH = re.compile(r'<svg [^>]*?\bwidth="([\d.]+)pt"')
# Text is drawn as glyphs of 100 points, scaled; an index or exponent is scaled once more inside,
# to 0.7 of its letter, and one of its own to 0.49. (Any other scale fits a root sign.)
TEXT = re.compile(r"scale\(([\d.]+) -[\d.]+\)")
INDEX = re.compile(r"<use [^>]*scale\((0\.7|0\.49)\)")


def problems(svg):
    """Say what is too small once the figure has shrunk to the column, or nothing."""
    width = float(WIDTH.search(svg)[1]) * PIXELS
    shrunk = min(1, COLUMN / width)
    smallest = min(_scales(svg)) * 100 * PIXELS * shrunk
    if smallest >= SMALLEST:
        return []
    remedy = "make the figure narrower: panels below each other, figsize at most (3.5, ...)"
    return [f"type of {smallest:.1f} px on a phone, at least {SMALLEST}; {remedy}"]


def _scales(svg):
    """List how much each text of a figure is scaled, or the smallest index in it."""
    _, *texts = TEXT.split(svg)
    return [
        float(scale) * min([1, *map(float, INDEX.findall(inside))])
        for scale, inside in zip(texts[::2], texts[1::2], strict=True)
    ]
