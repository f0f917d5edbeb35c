"""The regression as a least-squares problem: its rows, and its best weights."""

from typing import Any, NamedTuple

import numpy as np

from d2lzh_pytorch.training_data import as_training_data


class LeastSquares(NamedTuple):
    """X (n, d + 1): rows in float64, a 1 appended; best (d + 1,); e (n,): the errors there."""

    X: np.ndarray
    best: np.ndarray
    e: np.ndarray


def least_squares(features: Any, labels: Any) -> LeastSquares:
    """Solve it. Errors are those of ``fit_ch7`` about its data."""
    x, y = (t.cpu().double().numpy() for t in as_training_data(features, labels))
    X = np.column_stack([x, np.ones(len(x))])
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    return LeastSquares(X, best, X @ best - y)
