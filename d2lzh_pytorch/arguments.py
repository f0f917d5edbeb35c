"""Argument checks of the training loops: each error names the argument, value and remedy."""

import math
import reprlib
from collections.abc import Iterator, Mapping
from numbers import Integral

import torch


def check_data(features, labels):
    """Require float tensors: features (n, d) and labels (n,), all values finite."""
    for name, value in (("features", features), ("labels", labels)):
        if not isinstance(value, torch.Tensor):
            remedy = f"convert it with torch.tensor({name}, dtype=torch.float32)"
            raise TypeError(f"{name} must be a torch.Tensor, got {_type(value)}; {remedy}")
    if features.dim() != 2 or 0 in features.shape:
        shape = tuple(features.shape)
        raise ValueError(f"features must have shape (n, d) with n, d >= 1, got shape {shape}")
    n, shape = len(features), tuple(labels.shape)
    if shape != (n,):
        same_count = labels.numel() == n
        remedy = "use labels.reshape(-1)" if same_count else "give one label per row of features"
        raise ValueError(f"labels must have shape ({n},), got shape {shape}; {remedy}")
    for name, value in (("features", features), ("labels", labels)):
        if value.is_complex():
            raise TypeError(f"{name} must hold real numbers, got {value.dtype}; use {name}.real")
        bad = (~torch.isfinite(value)).nonzero()
        if len(bad):
            at = tuple(bad[0].tolist())
            got = f"{value[at].item()} at {list(at)}; remove or fill such rows"
            raise ValueError(f"{name} must hold finite numbers, got {got}")


def check_integer(name, value, low, high=None):
    """Require an integer in low..high; a bool is not one."""
    wanted = f"at least {low}" if high is None else f"between {low} and {high}"
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be an integer {wanted}, got {value!r}")
    if value < low or (high is not None and value > high):
        raise ValueError(f"{name} must be {wanted}, got {value}")


def pair(name, value):
    """Return two finite floats, or tell what ``value`` is instead."""
    try:
        x1, x2 = (float(x) for x in value)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be a pair of numbers (x1, x2), got {value!r}") from None
    if not (math.isfinite(x1) and math.isfinite(x2)):
        raise ValueError(f"{name} must be finite, got {value!r}")
    return x1, x2


def check_callable(name, value, signature):
    """Require a callable; ``signature`` tells the reader how it will be called."""
    if not callable(value):
        remedy = f"pass a function called as {signature}"
        raise TypeError(f"{name} must be callable, got {value!r}; {remedy}")


def check_hyperparams(name, value):
    """Require a dict such as {'lr': 0.02, 'momentum': 0.5}."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} must be a dict such as {{'lr': 0.02}}, got {value!r}")


def check_seed(seed):
    """Require None or an integer that torch can seed with."""
    if seed is not None:
        check_integer("seed", seed, 0, 2**63 - 1)


def check_start(start, d):
    """Require None, or a pair of tensors: w (d, 1) and b (1,)."""
    if start is None:
        return
    pair = start if isinstance(start, tuple | list) else ()
    shapes = [tuple(p.shape) for p in pair if isinstance(p, torch.Tensor)]
    if shapes != [(d, 1), (1,)]:
        wanted = f"tensors (w, b) of shapes ({d}, 1) and (1,)"
        raise ValueError(f"start must be {wanted}, got {reprlib.repr(start)}")


def check_states(states, params):
    """Require None, or one entry per parameter whose tensors are shaped like it.

    A sequence's entries may be tensors (momentum) or tuples of tensors (Adam). What is not a
    tuple or list is the optimizer's own affair and passes unseen.
    """
    if isinstance(states, torch.Tensor | Iterator):
        remedy = "return (state_of_w, state_of_b)"
        got = _type(states)
        raise TypeError(
            f"states must be a tuple or list, one entry a parameter, got {got}; {remedy}"
        )
    if not isinstance(states, tuple | list):
        return
    shapes = [tuple(p.shape) for p in params]
    remedy = f"give one state per parameter, shaped {shapes[0]} for w and {shapes[1]} for b"
    if len(states) != len(params):
        raise ValueError(f"states must have {len(params)} entries, got {len(states)}; {remedy}")
    for i, (state, shape) in enumerate(zip(states, shapes, strict=True)):
        for tensor in state if isinstance(state, tuple | list) else (state,):
            if isinstance(tensor, torch.Tensor) and tuple(tensor.shape) != shape:
                got = tuple(tensor.shape)
                raise ValueError(f"states[{i}] must have shape {shape}, got {got}; {remedy}")


def _type(value):
    return f"{type(value).__module__}.{type(value).__name__}".removeprefix("builtins.")
