"""Traces drawn on the contours of their function."""

import itertools
import reprlib
from collections.abc import Callable, Mapping

import numpy as np
import torch
from matplotlib.axes import Axes

from d2lzh_pytorch.style import plt
from d2lzh_pytorch.trace import Trace

WINDOW = ((-5.5, 1.0), (-3.0, 3.0))  # x1 and x2 that every trace figure shows at least
REMEDY = "pass what train_2d or trace_2d returns"


def show_trace_2d(
    f: Callable, results: Trace | list | Mapping[str, list | Trace], *, ax: Axes | None = None
) -> None:
    """Draw contours of ``f(x1, x2)`` and one trace, or several given as {label: trace}.

    ``f`` takes arrays of one shape; a trace is what ``train_2d`` or ``trace_2d`` returns, or
    points (n, 2). Draws into the current axes, or into ``ax``. The view follows a trace only a
    short way, so that the contours of a diverging run stay visible; the points outside are
    counted in the figure. Raises TypeError if ``f`` is not callable, ValueError if it does not
    return one value a point, and either if ``results`` is something else.

    >>> show_trace_2d(lambda x1, x2: 0.1 * x1**2 + 2 * x2**2, [(-5, -2), (-1, 0.5), (0, 0)])
    """
    if not callable(f):
        remedy = "pass a function called as f(x1, x2)"
        if callable(results):
            remedy = "swap the arguments: show_trace_2d(f, results)"
        raise TypeError(f"f must be callable, got {reprlib.repr(f)}; {remedy}")
    arrays = _traces(results)
    view = [_limits(np.concatenate(list(arrays.values()))[:, i], WINDOW[i]) for i in (0, 1)]
    x1, x2, values = _field(f, view)
    ax = plt.gca() if ax is None else ax
    _draw_contours(ax, x1, x2, values)
    for marker, (label, points) in zip(itertools.cycle("os^Dv"), arrays.items()):
        ax.plot(*points.T, marker=marker, label=label)
    outside = sum(int((~_inside(points, view)).sum()) for points in arrays.values())
    if outside:
        ax.set_title(f"{outside} of {sum(map(len, arrays.values()))} points outside", loc="right")
    ax.set(xlim=view[0], ylim=view[1], xlabel="$x_1$", ylabel="$x_2$")
    if any(arrays):
        ax.legend()


def _traces(results):
    """Return {label: array (n, 2)}; one trace alone has the label ""."""
    if not isinstance(results, Mapping):
        return {"": _points("results", results)}
    if not results:
        wanted = "a trace or a dict {label: trace}"
        raise ValueError(f"results must be {wanted}, got an empty dict; {REMEDY}")
    return {label: _points(f"results[{label!r}]", trace) for label, trace in results.items()}


def _points(name, trace):
    try:
        points = np.asarray(_plain(getattr(trace, "points", trace)), dtype=float)
    except (TypeError, ValueError):
        points = np.empty(())
    wanted = f"{name} must be a list of (x1, x2)"
    if not points.ndim:
        raise TypeError(f"{wanted}, got {type(trace).__name__}; {REMEDY}")
    if points.ndim != 2 or points.shape[1] != 2 or not len(points):
        raise ValueError(f"{wanted}, got shape {points.shape}; {REMEDY}")
    return points


def _plain(value):
    """Tensors as numbers, also inside lists and tuples, with or without a gradient."""
    if isinstance(value, torch.Tensor):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(x) for x in value]
    return value


def _field(f, view):
    """Evaluate ``f`` on 101 x 101 points of the view."""
    x1, x2 = np.meshgrid(*(np.linspace(low, high, 101) for low, high in view))
    values = np.asarray(f(x1, x2), dtype=float)
    if values.shape != x1.shape:
        remedy = "write it with + - * / ** and numpy functions"
        got = f"shape {values.shape}; {remedy}"
        raise ValueError(f"f must return one value a point, shape {x1.shape}, got {got}")
    return x1, x2, values


def _draw_contours(ax, x1, x2, values):
    known = values[np.isfinite(values)]
    if not known.size or known.min() == known.max():
        return  # a plane has no contours
    # Squares put the lines evenly along a slope of a bowl, which grows with the square of x.
    levels = known.min() + (known.max() - known.min()) * np.linspace(0, 1, 12)[1:-1] ** 2
    ax.contour(x1, x2, values, levels=levels, colors="0.6", linewidths=0.8)


def _limits(x, window):
    """Widen the window to the points that lie less than half its width beyond it."""
    low, high = window
    reach = 0.5 * (high - low)
    margin = 0.05 * (high - low)
    near = x[(x > low - reach) & (x < high + reach)]
    return min([low, *(near - margin)]), max([high, *(near + margin)])


def _inside(points, view):
    return np.all([(points[:, i] >= view[i][0]) & (points[:, i] <= view[i][1]) for i in (0, 1)], 0)
