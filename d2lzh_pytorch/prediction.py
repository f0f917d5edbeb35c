"""Where a run of the chapter-7 loop will settle, said before it is run."""

from typing import NamedTuple

import numpy as np
import torch

from d2lzh_pytorch.arguments import check_integer, number
from d2lzh_pytorch.least_squares import least_squares
from d2lzh_pytorch.settling import Settled, settled_moments

DRAWS = 200_000
# Up to here the normal distribution was seen to give the band, and the recursion the mean: see the
# table in benchmarks/README.md.
BAND_UP_TO = 1.3
MEAN_UP_TO = 3.0


class Prediction(NamedTuple):
    """Loss at the end of an epoch after many: mean, and 5 and 95 % of the runs; nan: not known.

    kind: "settles"; "heavy tails", where rare runs far above the others decide the mean, so that
    no band is given, nor, further on, a mean; "does not settle", where the mean grows without bound
    or nothing moves. radius: by what factor second moments change a step in the long run, with
    replacement; below 1 they settle.
    """

    mean: float
    low: float
    high: float
    kind: str
    radius: float


def predict_ch7(
    features: torch.Tensor, labels: torch.Tensor, lr: float, momentum: float, batch_size: int = 10
) -> Prediction:
    """Predict where the loss of ``fit_ch7`` settles: v <- momentum v + lr g, w <- w - v.

    The mean is that of reshuffled epochs (``mean_loss`` with ``replacement=False``, in the long
    run); the band is that of a normal distribution of the weights with these moments. Takes about
    as long as five epochs of ``mean_loss``. Raises TypeError or ValueError as ``mean_loss`` does.

    >>> predict_ch7(torch.eye(4), torch.ones(4), lr=0.1, momentum=0.5, batch_size=4).kind
    'settles'
    """
    remedy = "pass them as predict_ch7(features, labels, 0.02, 0.5)"
    lr = number("lr", lr, remedy)
    momentum = number("momentum", momentum, remedy)
    batch_size = check_integer("batch_size", batch_size, 1)
    rows, _, e = least_squares(features, labels)
    seen = _seen_directions(rows)
    settled = settled_moments(rows @ seen.T, e, lr, momentum, batch_size, MEAN_UP_TO)
    settled = _turned_back(settled, seen)
    floor = float(np.mean(e**2)) / 2
    H = rows.T @ rows / len(rows)
    if settled.radius >= 1 or lr == 0:
        mean = np.inf if lr != 0 else np.nan
        return Prediction(mean, np.nan, np.nan, "does not settle", settled.radius)
    if settled.uneven > MEAN_UP_TO:
        return Prediction(np.nan, np.nan, np.nan, "heavy tails", settled.radius)
    mean = floor + float(np.trace(H @ settled.second)) / 2
    if settled.uneven > BAND_UP_TO:
        return Prediction(mean, np.nan, np.nan, "heavy tails", settled.radius)
    low, high = np.quantile(floor + _excesses(H, settled), [0.05, 0.95])
    return Prediction(mean, float(low), float(high), "settles", settled.radius)


def _seen_directions(X: np.ndarray) -> np.ndarray:
    """Return the directions (k, d) in which rows reach: in any other nothing is lost."""
    _, sizes, directions = np.linalg.svd(X, full_matrices=False)
    seen = sizes > sizes[0] * len(X) * np.finfo(float).eps
    return directions[seen]


def _turned_back(settled: Settled, directions: np.ndarray) -> Settled:
    """Return the moments in the parameters' own coordinates: directions differ by processor."""
    mean = directions.T @ settled.mean
    second = directions.T @ settled.second @ directions
    return settled._replace(mean=mean, second=second)


def _excesses(H: np.ndarray, settled: Settled) -> np.ndarray:
    """Draw the excess losses of many runs, always the same."""
    values, directions = np.linalg.eigh(settled.second - np.outer(settled.mean, settled.mean))
    root = (directions * np.sqrt(np.maximum(values, 0))) @ directions.T
    draws = np.random.default_rng(0).standard_normal((DRAWS, len(H)))
    delta = draws @ root + settled.mean
    return np.sum(delta @ H * delta, axis=1) / 2
