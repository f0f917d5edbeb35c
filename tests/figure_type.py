"""Whether a figure's type can be read on a phone, computed from the recorded SVG."""

import re

COLUMN = 350  # CSS pixels of the text column on a phone 390 pixels wide
SMALLEST = 9  # CSS pixels
PIXELS = 96 / 72  # CSS pixels in a point
WIDTH = re.compile(r'<svg [^>]*?\bwidth="([\d.]+)pt"')
# Text is drawn as glyphs of 100 points, scaled. An index or exponent, which is 0.7 of its
# letter as in every formula, is scaled once more inside and does not count.
TEXT = re.compile(r"scale\(([\d.]+) -[\d.]+\)")


def problems(svg):
    """Say what is too small once the figure has shrunk to the column, or nothing."""
    width = float(WIDTH.search(svg)[1]) * PIXELS
    shrunk = min(1, COLUMN / width)
    smallest = min(float(scale) for scale in TEXT.findall(svg)) * 100 * PIXELS * shrunk
    if smallest >= SMALLEST:
        return []
    remedy = "make the figure narrower: panels below each other, figsize at most (3.5, ...)"
    return [f"type of {smallest:.1f} px on a phone, at least {SMALLEST}; {remedy}"]
