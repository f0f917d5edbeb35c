"""Traces of an optimizer on a function of two variables: run, print, draw."""

import math
import warnings
from typing import NamedTuple

import numpy as np

from d2lzh_pytorch import checks
from d2lzh_pytorch.figures import plt, set_figsize

WINDOW = ((-5.5, 1.0), (-3.0, 3.0))  # x1 and x2 that every trace figure shows at least


class Trace(NamedTuple):
    """points: (x1, x2) before the first and after every step; states: (s1, s2) likewise."""

    points: list[tuple[float, float]]
    states: list[tuple[float, float]]


def trace_2d(trainer, *, steps=20, start=(-5, -2)):
    """Call ``x1, x2, s1, s2 = trainer(x1, x2, s1, s2)`` from ``start`` and s1 = s2 = 0.

    Returns a Trace of ``steps`` + 1 entries of Python floats, so that the numbers are the same
    on every machine. A run that leaves the range of floats goes on as nan. Raises TypeError if
    ``trainer`` is not callable or does not return four numbers, ValueError if steps < 1 or
    ``start`` is not a pair of finite numbers.
    """
    checks.check_callable("trainer", trainer, "trainer(x1, x2, s1, s2)")
    checks.check_integer("steps", steps, 1)
    state = (*_pair(start), 0.0, 0.0)
    visited = [state]
    for _ in range(steps):
        try:
            returned = trainer(*state)
        except OverflowError:  # Python's float ** raises where * gives inf
            returned = (math.nan,) * 4
        state = _four_numbers(returned)
        visited.append(state)
    return Trace([v[:2] for v in visited], [v[2:] for v in visited])


def train_2d(trainer, *, steps=20, start=(-5, -2)):
    """Run ``trace_2d``, print where it ended, return its list of ``steps`` + 1 points.

    Prints, for example, ``epoch 20, x1 -0.943467, x2 -0.000073``. Warns if the run overflowed.
    """
    points = trace_2d(trainer, steps=steps, start=start).points
    x1, x2 = points[-1]
    print(f"epoch {steps}, x1 {x1:f}, x2 {x2:f}")
    lost = [i for i, point in enumerate(points) if not all(map(math.isfinite, point))]
    if lost:
        message = f"the trace diverged beyond floating point at step {lost[0]}; lower eta"
        warnings.warn(message, RuntimeWarning, stacklevel=2)
    return points


def show_trace_2d(f, results, *, ax=None):
    """Draw contours of ``f(x1, x2)`` and one trace, or several given as {label: points}.

    ``f`` takes arrays of one shape; ``results`` is what ``train_2d`` returns. The view follows
    a trace only a short way, so that the contours of a diverging run stay visible; the points
    outside are counted in the figure. ``ax`` draws into an existing axes.
    """
    checks.check_callable("f", f, "f(x1, x2)")
    traces = results if isinstance(results, dict) else {"": results}
    arrays = {label: _points(points) for label, points in traces.items()}
    if ax is None:
        set_figsize()
        ax = plt.subplots()[1]
    view = [_limits(np.concatenate(list(arrays.values()))[:, i], WINDOW[i]) for i in (0, 1)]
    x1, x2 = np.meshgrid(*(np.linspace(*limits, 101) for limits in view))
    values = f(x1, x2)
    # Squares put the lines evenly along a slope of a bowl, which grows with the square of x.
    levels = values.min() + np.ptp(values) * np.linspace(0, 1, 12)[1:-1] ** 2
    ax.contour(x1, x2, values, levels=levels, colors="0.6", linewidths=0.8)
    for marker, (label, points) in zip("os^Dv", arrays.items(), strict=False):
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


def _pair(start):
    try:
        x1, x2 = (float(x) for x in start)
    except (TypeError, ValueError):
        raise TypeError(f"start must be a pair of numbers (x1, x2), got {start!r}") from None
    if not (math.isfinite(x1) and math.isfinite(x2)):
        raise ValueError(f"start must be finite, got {start!r}")
    return x1, x2


def _four_numbers(returned):
    try:
        x1, x2, s1, s2 = (float(x) for x in returned)
    except (TypeError, ValueError):
        remedy = "end it with 'return x1, x2, s1, s2'"
        message = f"trainer must return four numbers (x1, x2, s1, s2), got {returned!r}; {remedy}"
        raise TypeError(message) from None
    return x1, x2, s1, s2


def _points(results):
    points = np.asarray(results, dtype=float)
    if points.ndim != 2 or points.shape[1] != 2:
        remedy = "pass what train_2d returns"
        raise ValueError(f"results must be a list of (x1, x2), got shape {points.shape}; {remedy}")
    return points
