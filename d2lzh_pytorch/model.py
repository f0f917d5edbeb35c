"""The model of chapter 7 and its loss."""

import torch


def linreg(X, w, b):
    """Linear regression X w + b: X (n, d), w (d, 1), b (1,) give (n, 1)."""
    return torch.mm(X, w) + b


def squared_loss(y_hat, y):
    """Halved squared error (y_hat - y)^2 / 2 of each example, in the shape of ``y_hat``.

    ``y`` is reshaped to ``y_hat``, so that (n,) against (n, 1) never broadcasts to (n, n).
    Raises ValueError if the two do not hold equally many values.
    """
    if y.numel() != y_hat.numel():
        got = f"y {tuple(y.shape)} and y_hat {tuple(y_hat.shape)}"
        raise ValueError(f"y and y_hat must hold equally many values, got {got}")
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
