"""Figures that describe themselves in words and numbers."""

import warnings

from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure, SubFigure
from matplotlib.legend import Legend

from d2lzh_pytorch.artist_words import artist_words, bar_words


def describe(figure: Figure) -> str:
    """Tell what ``figure`` shows, in words and numbers of three digits, one line a thing.

    Recorded beside the picture, it tells a reader who cannot see it, and a check that compares
    text, what was drawn. It never raises: figures may hold anything, and what it does not know
    it names, as in ``- FancyBboxPatch, not described``.

    >>> figure = Figure()
    >>> _ = figure.add_subplot(xlim=(0, 2), ylim=(0, 4)).plot([1, 2], [3, 4], label="a")
    >>> print(describe(figure))
    axes 1: x from 0 to 2, y from 0 to 4
    - line 'a': 2 points, (1, 3) to (2, 4), within (1, 3), (2, 4)
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
        lines += _guarded(bar_words, bars)
    drawn = {id(artist) for artist in _drawn(axes)}
    drawn -= {id(patch) for bars in containers for patch in bars}
    for artist in axes.get_children():
        if id(artist) in drawn:
            lines += _guarded(artist_words, artist)
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
            lines += _guarded(artist_words, artist)
    return lines


def _axis(axes, which):
    label = getattr(axes, f"get_{which}label")() or which
    low, high = getattr(axes, f"get_{which}lim")()
    scale = " (log)" if getattr(axes, f"get_{which}scale")() == "log" else ""
    return f"{label} from {low:.3g} to {high:.3g}{scale}"


def _titles(axes):
    titles = [t for loc in ("left", "center", "right") if (t := axes.get_title(loc=loc))]
    return "".join(f", '{title}'" for title in titles)
