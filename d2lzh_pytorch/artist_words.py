"""Single artists of a figure in words: a function a kind, and numbers to three digits."""

import numpy as np
from matplotlib.collections import FillBetweenPolyCollection, PathCollection, QuadMesh
from matplotlib.contour import QuadContourSet
from matplotlib.image import AxesImage
from matplotlib.lines import AxLine, Line2D
from matplotlib.quiver import Quiver
from matplotlib.text import Annotation, Text

from d2lzh_pytorch.number_words import as_floats, ends, rounded, run_in_words, values_in_words


def artist_words(artist):
    """Return one line on an artist, or none for an empty text."""
    if type(artist) not in KNOWN:  # a subclass may keep its data elsewhere, as 3-D lines do
        return [f"- {type(artist).__name__}, not described"]
    words = KNOWN[type(artist)](artist)
    return [f"- {words}"] if words else []


def _name(artist):
    name = str(artist.get_label())
    return "" if name.startswith("_") or not name else f" '{name}'"


def _line(line):
    return f"line{_name(line)}: {run_in_words(line.get_xydata())}"


def _straight(line):
    """A line without ends: through two points, or through one with a slope."""
    first = f"straight line{_name(line)} through ({rounded(line.get_xy1())})"
    if line.get_xy2() is None:
        return f"{first} with slope {rounded([line.get_slope()])}"
    return f"{first} and ({rounded(line.get_xy2())})"


def bar_words(bars):
    """Return one line on the bars of one call, upright or lying."""
    if bars.orientation == "horizontal":
        tops = [(bar.get_width(), bar.get_y() + bar.get_height() / 2) for bar in bars]
    else:
        tops = [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in bars]
    return [f"- {len(tops)} bars: {run_in_words(tops)}"]


def _contours(contours):
    return f"contours at {rounded(contours.levels)}"


def _arrows(arrows):
    shown = run_in_words(np.column_stack([as_floats(arrows.U), as_floats(arrows.V)]))
    return f"{arrows.N} arrows{_name(arrows)}: {shown}"


def _scatter(scatter):
    return f"scatter{_name(scatter)}: {run_in_words(scatter.get_offsets())}"


def _band(band):
    """Where a band lies along its axis, and from where to where it reaches at both ends."""
    along = "xy".index(band.t_direction)
    corners = np.concatenate([as_floats(path.vertices) for path in band.get_paths()])
    t = corners[:, along]
    edge = corners[:, 1 - along]
    sides = [f"({rounded(ends(edge[t == end]))})" for end in ends(t)]
    where = f"{band.t_direction} ({rounded(ends(t))})"
    return (
        f"band{_name(band)}: {where}, first {sides[0]}, last {sides[1]}, all {rounded(ends(edge))}"
    )


def _mesh(mesh):
    return f"colour mesh of {values_in_words(mesh.get_array())}"


def _image(image):
    values = image.get_array()
    if values.ndim == 3:
        return f"image of {values.shape[0]} x {values.shape[1]} coloured points"
    return f"image of {values_in_words(values)}"


def _text(text):
    return f"text {text.get_text()!r}" if text.get_text() else ""


def _annotation(note):
    target = f" pointing to ({rounded(note.xy)})" if note.arrow_patch is not None else ""
    return f"text {note.get_text()!r}{target}"


KNOWN = {
    Line2D: _line,
    AxLine: _straight,
    QuadContourSet: _contours,
    Quiver: _arrows,
    PathCollection: _scatter,
    FillBetweenPolyCollection: _band,
    QuadMesh: _mesh,
    AxesImage: _image,
    Text: _text,
    Annotation: _annotation,
}
