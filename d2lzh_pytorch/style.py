"""The style of the figures, and how a notebook records them. Nothing happens until it is called."""

import sys
from importlib import resources
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from d2lzh_pytorch.figure_words import describe
from d2lzh_pytorch.svg import steady


def style() -> dict[str, Any]:
    """Return the settings of ``momentum.mplstyle``, also from a package inside a zip file."""
    file = resources.files("d2lzh_pytorch").joinpath("momentum.mplstyle")
    with resources.as_file(file) as path:
        settings = mpl.rc_params_from_file(path, use_default_template=False)
    return {name: settings[name] for name in settings}


def set_figsize(figsize: tuple[float, float] = (3.5, 2.5)) -> None:
    """Use the style of these notebooks and ``figsize`` = (width, height) in inches from now on.

    Calls ``use_svg_display`` too. The style lays figures out by itself ("constrained").

    >>> set_figsize((6, 4))
    >>> plt.rcParams["figure.figsize"]
    [6.0, 4.0]
    """
    use_svg_display()
    plt.style.use(style())
    plt.rcParams["figure.figsize"] = figsize


def use_svg_display() -> None:
    """Make a notebook record each figure as SVG, as PNG and in words; elsewhere do nothing.

    SVG is sharp and compared byte for byte, hence without its date; PNG is what JupyterLab
    shows in a notebook it does not trust; the words are those of ``describe``.

    >>> use_svg_display()
    """
    ipython = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if ipython is None:
        return
    from IPython.core.pylabtools import print_figure, retina_figure
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    set_matplotlib_formats("svg", "retina")
    as_svg = ipython.display_formatter.formatters["image/svg+xml"]
    as_svg.for_type(Figure, lambda f: _steady(print_figure(f, "svg", metadata={"Date": None})))
    # The words go into the PNG too: a PNG is not compared, and could be of another figure.
    as_png = ipython.display_formatter.formatters["image/png"]
    as_png.for_type(Figure, lambda f: retina_figure(f, metadata={"Description": describe(f)}))
    in_words = ipython.display_formatter.formatters["text/plain"]
    in_words.for_type(Figure, _print_words)


def _steady(svg):
    # An empty figure has none.
    return svg and steady(svg)


def _print_words(figure, printer, cycle):
    # An empty figure has no picture either: then what IPython prints anyway.
    printer.text(describe(figure) or repr(figure))
