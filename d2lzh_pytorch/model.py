"""The model of chapter 7 and its loss."""

import torch


def linreg(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Linear regression X w + b: X (n, d), w (d, 1), b (1,) give (n, 1).

    >>> linreg(torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0], [4.0]]), torch.tensor([5.0]))
    tensor([[16.]])
    """
    return torch.mm(X, w) + b


def squared_loss(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Halved squared error (y_hat - y)^2 / 2 of each example, in the shape of ``y_hat``.

    ``y`` is reshaped to ``y_hat``, so that (n,) against (n, 1) never broadcasts to (n, n).
    Raises ValueError if the two do not hold equally many values.

    >>> squared_loss(torch.tensor([[1.0], [2.0]]), torch.tensor([3.0, 5.0]))
    tensor([[2.0000],
            [4.5000]])
    """
    if y.numel() != y_hat.numel():
        got = f"{tuple(y.shape)} against y_hat {tuple(y_hat.shape)}"
        remedy = "give one label for each prediction"
        raise ValueError(f"y must hold as many values as y_hat, got {got}; {remedy}")
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
