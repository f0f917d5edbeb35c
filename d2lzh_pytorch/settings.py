"""Settings and seeds of many runs, taken as they are meant."""

import math
import reprlib
from collections.abc import Iterable, Mapping
from typing import Any

from d2lzh_pytorch.arguments import LARGEST_SEED, check_integer

Setting = tuple[float, float]


def as_settings(settings: Any) -> list[Setting]:
    """Return pairs (lr, momentum) of floats; one pair alone, and dicts of both, will do."""
    remedy = "pass pairs (lr, momentum), such as [(0.02, 0.5), (0.004, 0.9)]"
    alone = isinstance(settings, Mapping) or _is_pair_of_numbers(settings)
    given = [settings] if alone else settings
    if not isinstance(given, Iterable) or isinstance(given, str):
        got = reprlib.repr(settings)
        raise TypeError(f"settings must be pairs (lr, momentum), got {got}; {remedy}")
    found = [_setting(f"settings[{i}]", one, remedy) for i, one in enumerate(given)]
    if not found:
        raise ValueError(f"settings must hold at least one pair, got none; {remedy}")
    return found


def as_seeds(seeds: Any) -> list[int]:
    """Return a list of seeds, each an int in 0..2**63 - 1."""
    if not isinstance(seeds, Iterable) or isinstance(seeds, str):
        remedy = "pass range(20) for twenty runs, or [3] for the run of seed 3"
        raise TypeError(f"seeds must be a list of integers, got {reprlib.repr(seeds)}; {remedy}")
    found = [check_integer(f"seeds[{i}]", s, 0, LARGEST_SEED) for i, s in enumerate(seeds)]
    if not found:
        raise ValueError("seeds must hold at least one integer, got none; pass range(20), say")
    return found


def _setting(name: str, one: Any, remedy: str) -> Setting:
    got = reprlib.repr(one)
    try:
        given = (one["lr"], one["momentum"]) if isinstance(one, Mapping) else one
        lr, momentum = (float(x) for x in given)
    except (KeyError, TypeError, ValueError, RuntimeError):
        message = f"{name} must be a pair of numbers (lr, momentum), got {got}; {remedy}"
        raise TypeError(message) from None
    if not (math.isfinite(lr) and math.isfinite(momentum)):
        raise ValueError(f"{name} must hold finite numbers, got {got}; {remedy}")
    return lr, momentum


def _is_pair_of_numbers(value: Any) -> bool:
    if not hasattr(value, "__len__"):  # a generator would be used up here
        return False
    try:
        return len([float(x) for x in value]) == 2
    except (TypeError, ValueError, RuntimeError):
        return False
