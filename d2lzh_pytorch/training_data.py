"""The data of a run: told what they are not, or turned into tensors to train with."""

import math
from collections.abc import Sequence
from typing import Any

import torch


def as_training_data(features: Any, labels: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """Return X (n, d) and y (n,): one dtype and device, those of ``features``; no gradient.

    Integers become torch's default dtype. ``labels`` may have any shape of n values.
    """
    for name, value in (("features", features), ("labels", labels)):
        _check_tensor(name, value)
    if features.dim() != 2 or 0 in features.shape:
        remedy = "give one row an example and one column a feature"
        got = f"shape {tuple(features.shape)}; {remedy}"
        raise ValueError(f"features must have shape (n, d) with n, d >= 1, got {got}")
    n = len(features)
    if labels.numel() != n:
        got = f"shape {tuple(labels.shape)}; give one label per row of features"
        raise ValueError(f"labels must have shape ({n},), got {got}")
    X = features if features.is_floating_point() else features.to(torch.get_default_dtype())
    return like(X, X), like(labels.reshape(-1), X)


def like(values: torch.Tensor, X: torch.Tensor) -> torch.Tensor:
    """Give ``values`` the dtype and device of X, as a tensor that autograd can work with."""
    values = values.detach()
    if (values.dtype, values.device) != (X.dtype, X.device):
        # By way of the CPU: not every device knows every dtype.
        values = values.cpu().to(X.dtype).to(X.device)
    return values.clone() if values.is_inference() else values


def check_start(start: Any, d: int) -> None:
    """Require None, or a pair of tensors: w (d, 1) and b (1,)."""
    if start is None:
        return
    pair = start if isinstance(start, Sequence) else ()
    shapes = [tuple(p.shape) for p in pair if isinstance(p, torch.Tensor)]
    if shapes != [(d, 1), (1,)]:
        got = shapes if len(shapes) == 2 else type(start).__name__
        remedy = f"pass (torch.zeros({d}, 1), torch.zeros(1)), say"
        wanted = f"tensors (w, b) of shapes ({d}, 1) and (1,)"
        raise ValueError(f"start must be {wanted}, got {got}; {remedy}")


def scale_of(features: torch.Tensor) -> tuple[int, float]:
    """Return the column with the largest mean square, and this: 1 if it was standardised."""
    squares = features.detach().cpu().double().square().mean(0)
    column = int(squares.argmax())
    return column, squares[column].item()


def _check_tensor(name: str, value: Any) -> None:
    if not isinstance(value, torch.Tensor):
        values = f"{name}.to_numpy('float32')" if hasattr(value, "to_numpy") else name
        remedy = f"convert it with torch.tensor({values}, dtype=torch.float32)"
        kind = f"{type(value).__module__}.{type(value).__name__}".removeprefix("builtins.")
        raise TypeError(f"{name} must be a torch.Tensor, got {kind}; {remedy}")
    if value.is_complex():
        raise TypeError(f"{name} must hold real numbers, got {value.dtype}; use {name}.real")
    bad = (~torch.isfinite(value)).nonzero()
    if len(bad):
        at = tuple(bad[0].tolist())
        found = value[at].item()
        word = "nan" if math.isnan(found) else str(found)
        remedy = "remove or fill such rows"
        raise ValueError(f"{name} must hold finite numbers, got {word} at {list(at)}; {remedy}")
