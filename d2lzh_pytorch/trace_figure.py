"""Traces drawn on the contours of their function."""

import itertools

import numpy as np

from d2lzh_pytorch import arguments
from d2lzh_pytorch.figures import apply_style, plt

WINDOW = ((-5.5, 1.0), (-3.0, 3.0))  # x1 and x2 that every trace figure shows at least


def show_trace_2d(f, results, *, ax=None):
    """Draw contours of ``f(x1, x2)`` and one trace, or several given as {label: points}.

    ``f`` takes arrays of one shape; ``results`` is what ``train_2d`` returns. The view follows
    a trace only a short way, so that the contours of a diverging run stay visible; the points
    outside are counted in the figure. ``ax`` draws into an existing axes.
    """
    arguments.check_callable("f", f, "f(x1, x2)")
    traces = results if isinstance(results, dict) else {"": results}
    arrays = {label: _points(points) for label, points in traces.items()}
    if ax is None:
        apply_style()
        ax = plt.subplots()[1]
    view = [_limits(np.concatenate(list(arrays.values()))[:, i], WINDOW[i]) for i in (0, 1)]
    x1, x2 = np.meshgrid(*(np.linspace(*limits, 101) for limits in view))
    values = np.asarray(f(x1, x2), dtype=float)
    if values.shape != x1.shape:
        remedy = "write it with + - * / ** and numpy functions"
        got = f"shape {values.shape}; {remedy}"
        raise ValueError(f"f must return one value a point, shape {x1.shape}, got {got}")
    low, high = np.nanmin(values), np.nanmax(values)
    if high > low:
        # Squares put the lines evenly along a slope of a bowl, which grows with the square of x.
        levels = low + (high - low) * np.linspace(0, 1, 12)[1:-1] ** 2
        ax.contour(x1, x2, values, levels=levels, colors="0.6", linewidths=0.8)
    for marker, (label, points) in zip(itertools.cycle("os^Dv"), arrays.items()):
        ax.plot(*points.T, marker=marker, label=label)
    outside = sum(int((~_inside(points, view)).sum()) for points in arrays.values())
    if outside:
        ax.set_title(f"{outside} of {sum(map(len, arrays.values()))} points outside", loc="right")
    ax.set(xlim=view[0], ylim=view[1], xlabel="$x_1$", ylabel="$x_2$")
    if any(traces):
        ax.legend()


def _limits(x, window):
    """Widen the window to the points that lie less than half its width beyond it."""
    low, high = window
    reach, margin = 0.5 * (high - low), 0.05 * (high - low)
    near = x[(x > low - reach) & (x < high + reach)]
    return min([low, *(near - margin)]), max([high, *(near + margin)])


def _inside(points, view):
    return np.all([(points[:, i] >= view[i][0]) & (points[:, i] <= view[i][1]) for i in (0, 1)], 0)


def _points(results):
    points = np.asarray(results, dtype=float)
    if points.ndim != 2 or points.shape[1] != 2:
        remedy = "pass what train_2d returns"
        raise ValueError(f"results must be a list of (x1, x2), got shape {points.shape}; {remedy}")
    return points
