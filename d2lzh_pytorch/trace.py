"""Traces of an optimizer on a function of two variables: run them, print where they end."""

import math
import warnings
from typing import NamedTuple

from d2lzh_pytorch import arguments


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
    arguments.check_callable("trainer", trainer, "trainer(x1, x2, s1, s2)")
    arguments.check_integer("steps", steps, 1)
    state = (*arguments.pair("start", start), 0.0, 0.0)
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


def _four_numbers(returned):
    try:
        x1, x2, s1, s2 = (float(x) for x in returned)
    except (TypeError, ValueError):
        remedy = "end it with 'return x1, x2, s1, s2'"
        message = f"trainer must return four numbers (x1, x2, s1, s2), got {returned!r}; {remedy}"
        raise TypeError(message) from None
    return x1, x2, s1, s2
