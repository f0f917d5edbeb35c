"""Argument checks: each error names the argument, the value received and the remedy."""

import math
import operator
import reprlib
from collections.abc import Callable, Iterator
from typing import Any

import torch

LARGEST_SEED = 2**63 - 1  # a table of runs holds its seeds as int64


def check_integer(name: str, value: Any, low: int, high: int | None = None) -> int:
    """Return ``value`` as an int in low..high; any integer type will do, a bool will not."""
    wanted = f"at least {low}" if high is None else f"between {low} and {high}"
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, bool):
        got = reprlib.repr(value)
        remedy = "pass a whole number without a decimal point"
        raise TypeError(f"{name} must be an integer {wanted}, got {got}; {remedy}") from None
    if number < low or (high is not None and number > high):
        remedy = f"pass {low} or more" if high is None else "pass a number in this range"
        raise ValueError(f"{name} must be {wanted}, got {number}; {remedy}")
    return number


def check_seed(seed: Any) -> int | None:
    """Return None, or an int in 0..2**63 - 1."""
    return None if seed is None else check_integer("seed", seed, 0, LARGEST_SEED)


def number(name: str, value: Any, remedy: str) -> float:
    """Return a finite float, or tell what ``value`` is instead."""
    try:
        as_float = float(value)
    except (TypeError, ValueError, RuntimeError):
        got = reprlib.repr(value)
        raise TypeError(f"{name} must be a number, got {got}; {remedy}") from None
    if not math.isfinite(as_float):
        raise ValueError(f"{name} must be finite, got {as_float}; {remedy}")
    return as_float


def pair(name: str, value: Any) -> tuple[float, float]:
    """Return two finite floats, or tell what ``value`` is instead."""
    remedy = "pass two numbers such as (-5, -2)"
    try:
        x1, x2 = (float(x) for x in value)
    except (TypeError, ValueError, RuntimeError):
        got = reprlib.repr(value)
        message = f"{name} must be a pair of numbers (x1, x2), got {got}; {remedy}"
        raise TypeError(message) from None
    if not (math.isfinite(x1) and math.isfinite(x2)):
        raise ValueError(f"{name} must be finite, got ({x1}, {x2}); {remedy}")
    return x1, x2


def check_callable(name: str, value: Any, signature: str) -> None:
    """Require a callable; ``signature`` tells the reader how it will be called."""
    if not callable(value):
        remedy = f"pass a function called as {signature}"
        raise TypeError(f"{name} must be callable, got {reprlib.repr(value)}; {remedy}")


def check_own_optimizer(optimizer_fn: Callable[..., Any], states: Any) -> None:
    """Require a function of (params, states, hyperparams), and states that outlive one step."""
    check_callable("optimizer_fn", optimizer_fn, "optimizer_fn(params, states, hyperparams)")
    if isinstance(optimizer_fn, type) and issubclass(optimizer_fn, torch.optim.Optimizer):
        remedy = "use train_pytorch_ch7 for torch.optim classes"
        raise TypeError(f"optimizer_fn must be a plain function, got {optimizer_fn!r}; {remedy}")
    if isinstance(states, Iterator):
        remedy = "pass list(states): an iterator is used up by the first step"
        got = type(states).__name__
        raise TypeError(f"states must last for every step, got {got}; {remedy}")
