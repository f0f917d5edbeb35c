"""The mean of the chapter-7 loss at every step, from the moments of the weights: no simulation.

The gradient is linear in the weights, so that first and second moments follow a recursion:
``replacing.py`` for mini-batches drawn with replacement, ``reshuffling.py`` for epochs as one
trains. Notebook 10 derives both.
"""

from typing import NamedTuple

import numpy as np
import torch

from d2lzh_pytorch.arguments import check_integer, number
from d2lzh_pytorch.draws import INITIAL_SD
from d2lzh_pytorch.least_squares import least_squares
from d2lzh_pytorch.replacing import replacing_moments
from d2lzh_pytorch.reshuffling import reshuffled_moments
from d2lzh_pytorch.training_data import check_start

Start = tuple[torch.Tensor, torch.Tensor]


class Moments(NamedTuple):
    """What is known of the weights (w, b) of a run, float64; d counts the bias.

    best (d,): the least-squares solution; floor: its loss; H (d, d): the Hessian; mean
    (steps + 1, d) and second (steps + 1, d, d): E and E of the square of (w, b) - best.
    """

    best: np.ndarray
    floor: float
    H: np.ndarray
    mean: np.ndarray
    second: np.ndarray


def loss_moments(
    features: torch.Tensor, labels: torch.Tensor, lr: float, momentum: float,
    batch_size: int = 10, steps: int = 300, *, replacement: bool = True,
    initial_sd: float = INITIAL_SD, start: Start | None = None,
) -> Moments:  # fmt: skip
    """Return the moments of the weights before the first step and after each.

    ``replacement``: batches drawn anew at every step, which is exact; False: reshuffled epochs, as
    ``fit_ch7`` trains, where terms over three and more draws of an epoch are left out, and the last
    batch of an epoch may be smaller. At first w ~ N(0, initial_sd^2), b = 0, or ``start`` (w, b);
    v = 0. What overflows is inf or nan. Errors are those of ``mean_loss``.

    >>> moments = loss_moments(torch.eye(4), torch.ones(4), lr=0.1, momentum=0.5, steps=2)
    >>> moments.mean.shape, moments.second.shape
    ((3, 5), (3, 5, 5))
    """
    remedy = "pass them as mean_loss(features, labels, 0.02, 0.5)"
    lr = number("lr", lr, remedy)
    momentum = number("momentum", momentum, remedy)
    batch_size = check_integer("batch_size", batch_size, 1)
    steps = check_integer("steps", steps, 0)
    X, best, e = least_squares(features, labels)
    check_start(start, len(best) - 1)
    mean, spread = _initial(best, initial_sd, start)
    second = np.outer(mean, mean) + np.diag(spread)
    recursion = replacing_moments if replacement else reshuffled_moments
    means, seconds = recursion(X, e, mean, second, lr, momentum, batch_size, steps)
    return Moments(best, float(np.mean(e**2)) / 2, X.T @ X / len(X), means, seconds)


def mean_loss(
    features: torch.Tensor, labels: torch.Tensor, lr: float, momentum: float,
    batch_size: int = 10, steps: int = 300, *, replacement: bool = True,
    initial_sd: float = INITIAL_SD, start: Start | None = None,
) -> np.ndarray:  # fmt: skip
    """Return E loss before the first step and after each: a float64 array (steps + 1,).

    E loss = floor + tr(H P) / 2 with P the second moment that ``loss_moments`` returns for these
    arguments. Raises TypeError or ValueError as ``fit_ch7`` does, and for an lr or momentum that is
    no finite number.

    >>> mean_loss(torch.eye(4), torch.ones(4), lr=0.1, momentum=0.5, steps=2).shape
    (3,)
    """
    found = loss_moments(
        features, labels, lr, momentum, batch_size, steps,
        replacement=replacement, initial_sd=initial_sd, start=start,
    )  # fmt: skip
    with np.errstate(over="ignore", invalid="ignore"):
        return found.floor + np.einsum("ij,tji->t", found.H, found.second) / 2


def _initial(
    best: np.ndarray, initial_sd: float, start: Start | None
) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variances of the weights' distance from the best."""
    if start is None:
        return -best, np.append(np.full(len(best) - 1, initial_sd**2), 0.0)
    w, b = (t.detach().cpu().double().numpy().reshape(-1) for t in start)
    return np.append(w, b) - best, np.zeros_like(best)
