"""Traces of an optimizer on a function of two variables: run them, print where they end."""

import math
import reprlib
from collections.abc import Callable
from typing import Any, NamedTuple

from d2lzh_pytorch.arguments import check_callable, check_integer, pair
from d2lzh_pytorch.telling import warn

Trainer = Callable[..., Any]


class Trace(NamedTuple):
    """points: (x1, x2) before the first and after every step; states: (s1, s2) likewise."""

    points: list[tuple[float, float]]
    states: list[tuple[Any, Any]]


def trace_2d(trainer: Trainer, *, steps: int = 20, start: tuple[float, float] = (-5, -2)) -> Trace:
    """Call ``x1, x2, s1, s2 = trainer(x1, x2, s1, s2)`` from ``start`` and s1 = s2 = 0.

    Returns a Trace of ``steps`` + 1 entries of Python floats, so that the numbers are the same
    on every machine; a state that is no number is handed on, and kept, as it is. A run that
    leaves the range of floats goes on as nan. Raises TypeError if ``trainer`` is not callable or
    does not return two numbers and two states, ValueError if steps < 1 or ``start`` is not a
    pair of finite numbers.

    >>> trace_2d(lambda x1, x2, s1, s2: (x1 / 2, x2 / 2, s1, s2), steps=2).points
    [(-5.0, -2.0), (-2.5, -1.0), (-1.25, -0.5)]
    """
    check_callable("trainer", trainer, "trainer(x1, x2, s1, s2)")
    steps = check_integer("steps", steps, 1)
    points = [pair("start", start)]
    states: list[tuple[Any, Any]] = [(0.0, 0.0)]
    for _ in range(steps):
        try:
            returned = trainer(*points[-1], *states[-1])
        except OverflowError:  # Python's float ** raises where * gives inf
            returned = (math.nan,) * 4
        x1, x2, s1, s2 = _four(returned)
        points.append((x1, x2))
        states.append((s1, s2))
    return Trace(points, states)


def train_2d(
    trainer: Trainer, *, steps: int = 20, start: tuple[float, float] = (-5, -2)
) -> list[tuple[float, float]]:
    """Run ``trace_2d``, print where it ended, return its list of ``steps`` + 1 points.

    Warns if the run overflowed.

    >>> points = train_2d(lambda x1, x2, s1, s2: (0.92 * x1, -0.6 * x2, s1, s2))
    epoch 20, x1 -0.943467, x2 -0.000073
    """
    points = trace_2d(trainer, steps=steps, start=start).points
    x1, x2 = points[-1]
    print(f"epoch {len(points) - 1}, x1 {x1:f}, x2 {x2:f}")
    lost = [i for i, point in enumerate(points) if not all(map(math.isfinite, point))]
    if lost:
        warn(f"the trace diverged beyond floating point at step {lost[0]}; lower eta")
    return points


def _four(returned: Any) -> tuple[float, float, Any, Any]:
    try:
        x1, x2, s1, s2 = returned
        return _as_float(x1), _as_float(x2), _state(s1), _state(s2)
    except (TypeError, ValueError, RuntimeError):
        remedy = "end it with 'return x1, x2, s1, s2'"
        got = f"{reprlib.repr(returned)}; {remedy}"
        message = f"trainer must return numbers x1, x2 and states s1, s2, got {got}"
        raise TypeError(message) from None


def _as_float(x: Any) -> float:
    """Return x, a number or a tensor or array of one, as a Python float."""
    return float(x.item() if hasattr(x, "item") else x)


def _state(s: Any) -> Any:
    try:
        return _as_float(s)
    except (TypeError, ValueError, RuntimeError):
        return s
