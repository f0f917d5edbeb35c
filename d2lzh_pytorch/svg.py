"""A figure as SVG that is the same, byte for byte, on every processor."""

import re

# Not the size of a glyph: scale(0.015625).
LONG = re.compile(r"(?<!scale\()(?<![\d.])-?\d+\.\d{4,6}\b")
CLIP = re.compile(r'(?<=id=")p[0-9a-f]{10}(?=")')


def steady(svg: str) -> str:
    """Round the coordinates that matplotlib wrote to a thousandth, and number its clipping paths.

    It writes six decimals, the last of which can hang on the last bit of a sum, and names a
    clipping path by a hash of unrounded places; processors differ in both.

    >>> steady('<g transform="translate(50.301562 -0.000499) scale(0.015625)"/>')
    '<g transform="translate(50.302 0) scale(0.015625)"/>'
    """
    rounded = LONG.sub(lambda found: _short(float(found[0])), svg)
    for number, name in enumerate(CLIP.findall(rounded), start=1):
        rounded = rounded.replace(name, f"clip{number}")
    return rounded


def _short(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
