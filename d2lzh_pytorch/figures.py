"""Figure style, the loss curve, and figures that describe themselves in words."""

import sys

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.container import BarContainer
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.quiver import Quiver

LOG_SCALE_RATIO = 100  # from this ratio of largest to smallest loss on, the axis is logarithmic


def use_svg_display():
    """Make a notebook record each figure as SVG, as PNG and in words; elsewhere do nothing.

    SVG is sharp and compared byte for byte, hence without its date; PNG is what JupyterLab
    shows in a notebook it does not trust; the words are those of ``describe``.
    """
    ipython = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if ipython is None:
        return
    from IPython.core.pylabtools import retina_figure
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    set_matplotlib_formats("svg", "retina", metadata={"Date": None})
    # The words go into the PNG too: a PNG is not compared, and could be of another figure.
    as_png = ipython.display_formatter.formatters["image/png"]
    as_png.for_type(Figure, lambda f: retina_figure(f, metadata={"Description": describe(f)}))
    in_words = ipython.display_formatter.formatters["text/plain"]
    in_words.for_type(Figure, lambda figure, printer, cycle: printer.text(describe(figure)))


def apply_style():
    """Use the style of these notebooks; the size of figures stays as it is."""
    use_svg_display()
    plt.style.use("d2lzh_pytorch.momentum")


def set_figsize(figsize=(3.5, 2.5)):
    """Use the style of these notebooks and ``figsize`` = (width, height) in inches."""
    apply_style()
    plt.rcParams["figure.figsize"] = figsize


def show_loss(histories):
    """Draw the loss over the epochs of each run in {label: History}; no legend for one run.

    The axis turns logarithmic where a run diverged, and a cross marks the end of such a run.
    """
    apply_style()
    axes = plt.subplots()[1]
    for label, history in histories.items():
        # Nine digits: the last bits of a loss differ between processors, and would move the layout.
        losses = np.array([float(f"{loss:.9g}") for loss in history.loss])
        finite = np.isfinite(losses)
        epoch, loss = np.array(history.epoch)[finite], losses[finite]
        (line,) = axes.plot(epoch, loss, label=label)
        if history.diverged_at is not None:
            axes.plot(epoch[-1:], loss[-1:], "X", color=line.get_color(), markersize=7)
            axes.set_title(f"diverged at step {history.diverged_at}", loc="right")
    shown = np.concatenate([line.get_ydata() for line in axes.lines])
    if shown.size and shown.max() > LOG_SCALE_RATIO * shown.min() > 0:
        axes.set_yscale("log")
    axes.set(xlabel="epoch", ylabel="loss")
    if len(histories) > 1:
        axes.legend()


def describe(figure):
    """Tell what ``figure`` shows, in words and numbers of three digits, one line a thing.

    Recorded beside the picture, it tells a reader who cannot see it, and a check that compares
    text, what was drawn.
    """
    lines = []
    for number, axes in enumerate(figure.axes, start=1):
        lines.append(f"axes {number}: {_axis(axes, 'x')}, {_axis(axes, 'y')}{_titles(axes)}")
        lines += [f"- {_bars(bars)}" for bars in axes.containers if isinstance(bars, BarContainer)]
        lines += [f"- {words}" for artist in axes.get_children() if (words := _words(artist, axes))]
    return "\n".join(lines)


def _axis(axes, which):
    label = getattr(axes, f"get_{which}label")() or which
    low, high = getattr(axes, f"get_{which}lim")()
    scale = " (log)" if getattr(axes, f"get_{which}scale")() == "log" else ""
    return f"{label} from {low:.3g} to {high:.3g}{scale}"


def _titles(axes):
    titles = [t for loc in ("left", "center", "right") if (t := axes.get_title(loc=loc))]
    return "".join(f", '{title}'" for title in titles)


def _words(artist, axes):
    """One artist in words, or None for frames, ticks and whatever has no data."""
    name = str(artist.get_label()) if hasattr(artist, "get_label") else ""
    name = "" if name.startswith("_") else f" '{name}'"
    if artist in axes.lines:
        return f"line{name}: {_run(np.column_stack(artist.get_data()))}"
    if isinstance(artist, ContourSet):
        return f"contours at {_numbers(artist.levels)}"
    if isinstance(artist, Quiver):
        return f"{artist.N} arrows{name}: {_run(np.column_stack([artist.U, artist.V]))}"
    if artist in axes.texts and artist.get_text():
        return f"text {artist.get_text()!r}"
    return None


def _bars(bars):
    tops = [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in bars]
    return f"{len(tops)} bars: {_run(np.array(tops))}"


def _run(points):
    first, last = (_numbers(p) for p in (points[0], points[-1]))
    low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
    return (
        f"{len(points)} points, ({first}) to ({last}), within ({_numbers(low)}), ({_numbers(high)})"
    )


def _numbers(values):
    # Rounding noise around 0 differs between machines: it is 0 to a reader.
    return ", ".join(f"{0 if abs(x) < 1e-12 else x:.3g}" for x in values)
