"""Figures that describe themselves in words and numbers."""

import warnings

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import FillBetweenPolyCollection, PathCollection, QuadMesh
from matplotlib.container import BarContainer
from matplotlib.contour import QuadContourSet
from matplotlib.figure import Figure, SubFigure
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import AxLine, Line2D
from matplotlib.quiver import Quiver
from matplotlib.text import Annotation, Text


def describe(figure: Figure) -> str:
    """Tell what ``figure`` shows, in words and numbers of three digits, one line a thing.

    Recorded beside the picture, it tells a reader who cannot see it, and a check that compares
    text, what was drawn. It never raises: figures may hold anything, and what it does not know
    it names, as in ``- FancyBboxPatch, not described``.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a description may not add a remark to a figure
        lines = []
        for number, axes in enumerate(figure.axes, start=1):
            lines += _guarded(_axes, axes, number)
        around = _guarded(_around, figure)
        lines += ["around the axes:", *around] if around else []
    # What cannot be written as UTF-8 could not be recorded either.
    return "\n".join(lines).encode("utf-8", "backslashreplace").decode("utf-8")


def _guarded(words, thing, *arguments):
    """Return the lines of ``words(thing)``, or one that says that it could not be described."""
    try:
        return words(thing, *arguments)
    except Exception:  # whatever other people's artists raise
        return [f"- {type(thing).__name__}, not described"]


def _axes(axes, number):
    bar = getattr(axes, "_colorbar", None)
    if bar is not None:
        which = "y" if bar.orientation == "vertical" else "x"
        return [f"axes {number}: colour bar, {_axis(axes, which)}"]
    dimensions = [which for which in "xyz" if hasattr(axes, f"get_{which}lim")]
    ranges = ", ".join(_axis(axes, which) for which in dimensions)
    lines = [f"axes {number}: {ranges}{_titles(axes)}"]
    containers = [c for c in axes.containers if isinstance(c, BarContainer)]
    for bars in containers:
        lines += _guarded(_bars, bars)
    drawn = {id(artist) for artist in _drawn(axes)}
    drawn -= {id(patch) for bars in containers for patch in bars}
    for artist in axes.get_children():
        if id(artist) in drawn:
            lines += _guarded(_words, artist)
    return lines


def _drawn(axes):
    """What stands in the axes; spines, ticks, titles and the legend are not among it."""
    groups = (axes.lines, axes.collections, axes.patches, axes.images, axes.texts)
    return [a for group in (*groups, axes.tables, axes.artists, axes.child_axes) for a in group]


def _around(figure):
    """What stands around the axes: texts and legends, also of figures inside the figure."""
    lines = []
    for artist in figure.get_children():
        if isinstance(artist, SubFigure):
            lines += _guarded(_around, artist)
        elif isinstance(artist, Legend):
            names = ", ".join(f"'{text.get_text()}'" for text in artist.get_texts())
            lines.append(f"- legend {names}")
        elif artist is not figure.patch and not isinstance(artist, Axes):
            lines += _guarded(_words, artist)
    return lines


def _axis(axes, which):
    label = getattr(axes, f"get_{which}label")() or which
    low, high = getattr(axes, f"get_{which}lim")()
    scale = " (log)" if getattr(axes, f"get_{which}scale")() == "log" else ""
    return f"{label} from {low:.3g} to {high:.3g}{scale}"


def _titles(axes):
    titles = [t for loc in ("left", "center", "right") if (t := axes.get_title(loc=loc))]
    return "".join(f", '{title}'" for title in titles)


def _words(artist):
    """Return one line on an artist, or none for an empty text."""
    if type(artist) not in KNOWN:  # a subclass may keep its data elsewhere, as 3-D lines do
        return [f"- {type(artist).__name__}, not described"]
    words = KNOWN[type(artist)](artist)
    return [f"- {words}"] if words else []


def _name(artist):
    name = str(artist.get_label())
    return "" if name.startswith("_") or not name else f" '{name}'"


def _line(line):
    return f"line{_name(line)}: {_run(line.get_xydata())}"


def _straight(line):
    """A line without ends: through two points, or through one with a slope."""
    first = f"straight line{_name(line)} through ({_numbers(line.get_xy1())})"
    if line.get_xy2() is None:
        return f"{first} with slope {_numbers([line.get_slope()])}"
    return f"{first} and ({_numbers(line.get_xy2())})"


def _bars(bars):
    if bars.orientation == "horizontal":
        ends = [(bar.get_width(), bar.get_y() + bar.get_height() / 2) for bar in bars]
    else:
        ends = [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in bars]
    return [f"- {len(ends)} bars: {_run(ends)}"]


def _contours(contours):
    return f"contours at {_numbers(contours.levels)}"


def _arrows(arrows):
    shown = _run(np.column_stack([_plain(arrows.U), _plain(arrows.V)]))
    return f"{arrows.N} arrows{_name(arrows)}: {shown}"


def _scatter(scatter):
    return f"scatter{_name(scatter)}: {_run(scatter.get_offsets())}"


def _band(band):
    """Where a band lies along its axis, and from where to where it reaches at both ends."""
    along = "xy".index(band.t_direction)
    corners = np.concatenate([_plain(path.vertices) for path in band.get_paths()])
    t, edge = corners[:, along], corners[:, 1 - along]
    ends = [f"({_numbers(_range(edge[t == end]))})" for end in _range(t)]
    where = f"{band.t_direction} ({_numbers(_range(t))})"
    return (
        f"band{_name(band)}: {where}, first {ends[0]}, last {ends[1]}, all {_numbers(_range(edge))}"
    )


def _mesh(mesh):
    return f"colour mesh of {_values(mesh.get_array())}"


def _image(image):
    values = image.get_array()
    if values.ndim == 3:
        return f"image of {values.shape[0]} x {values.shape[1]} coloured points"
    return f"image of {_values(values)}"


def _text(text):
    return f"text {text.get_text()!r}" if text.get_text() else ""


def _annotation(note):
    target = f" pointing to ({_numbers(note.xy)})" if note.arrow_patch is not None else ""
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


def _values(values):
    shape = " x ".join(str(n) for n in np.shape(values))
    low, high = _range(_plain(values).ravel())
    return f"{shape} values from {_numbers([low])} to {_numbers([high])}"


def _run(points):
    points = _plain(points)
    if not len(points):
        return "no points"
    first, last = (_numbers(p) for p in (points[0], points[-1]))
    low, high = np.transpose([_range(column) for column in points.T])
    return (
        f"{len(points)} points, ({first}) to ({last}), within ({_numbers(low)}), ({_numbers(high)})"
    )


def _plain(values):
    """As an array of floats, nan where masked."""
    return np.ma.filled(np.ma.asarray(values).astype(float), np.nan)


def _range(values):
    known = values[~np.isnan(values)]
    return (known.min(), known.max()) if known.size else (np.nan, np.nan)


def _numbers(values):
    # Rounding noise around 0 differs between machines: it is 0 to a reader.
    return ", ".join(f"{0 if abs(x) < 1e-12 else x:.3g}" for x in values)
