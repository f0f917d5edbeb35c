"""Where a run settles if it trains on and on: the moments that an epoch leaves as they are."""

from itertools import islice
from typing import NamedTuple

import numpy as np

from d2lzh_pytorch.reshuffling import Rows, averaged, epochs, one_step, transition
from d2lzh_pytorch.theory import noise_floor

ENOUGH = 1e-6  # of the excess loss: the moments have settled
TRIES = 40


class Settled(NamedTuple):
    """mean (d,) and second (d, d): moments of w - w* at the end of an epoch, nan if none exist.

    radius: by what factor second moments grow or shrink a step, in the long run, if batches are
    drawn with replacement; from 1 on no mean exists. uneven: how many times as large the excess
    loss settles, with replacement, as if the noise were everywhere what it is at w*.
    """

    mean: np.ndarray
    second: np.ndarray
    radius: float
    uneven: float


def settled_moments(
    X: np.ndarray, e: np.ndarray, lr: float, momentum: float, batch_size: int, uneven_up_to: float
) -> Settled:
    """Solve for the moments that reshuffled epochs leave unchanged; nan if more uneven than that.

    The moments with replacement come from a linear system. From there, each epoch that is followed
    exactly tells by how much they are off, and the same system turns this into a correction.
    """
    rows = averaged(X, e)
    loss = float(np.mean(e**2))
    n, d = X.shape
    F = transition(rows.H, lr, momentum)
    size = min(batch_size, n)
    steps, rest = divmod(n, size)
    one = _map(rows, F, lr, size)
    of_second = one[: 4 * d * d, : 4 * d * d]
    radius = float(np.abs(np.linalg.eigvals(of_second)).max())
    if radius >= 1:
        return _unknown(d, radius, np.inf)
    whole = np.linalg.matrix_power(one, steps)
    if rest:
        whole = _map(rows, F, lr, rest) @ whole
    constant = one_step(rows, np.zeros((2 * d, 2 * d)), np.zeros(2 * d), F, lr, size)
    found = np.linalg.solve(np.eye(len(one)) - one, _flat(*constant))
    uneven = _excess(rows, found) / _additive(rows, lr, momentum, size)
    if uneven > uneven_up_to:
        return _unknown(d, radius, uneven)
    for _ in range(TRIES):
        *_, after = islice(epochs(rows, *_moments(found, d), F, lr, batch_size), -(-n // size))
        change = np.linalg.solve(np.eye(len(whole)) - whole, _flat(*after) - found)
        found = found + change
        if _excess(rows, change) <= ENOUGH * max(_excess(rows, found), ENOUGH * loss):
            break
    else:
        return _unknown(d, radius, uneven)
    second, mean = _moments(found, d)
    return Settled(mean[:d], second[:d, :d], radius, uneven)


def _unknown(d: int, radius: float, uneven: float) -> Settled:
    return Settled(np.full(d, np.nan), np.full((d, d), np.nan), radius, uneven)


def _map(rows: Rows, F: np.ndarray, lr: float, size: int) -> np.ndarray:
    """Return the linear part of a step with replacement, as a matrix for ``_flat`` moments."""
    k = len(F)
    basis = np.eye(k * k + k)
    second = basis[:, : k * k].reshape(-1, k, k)
    mean = basis[:, k * k :]
    second, mean = one_step(rows, second, mean, F, lr, size, constant=False)
    return np.concatenate([second.reshape(len(basis), -1), mean], axis=1).T


def _additive(rows: Rows, lr: float, momentum: float, size: int) -> float:
    """Return tr(H P) if the noise were everywhere what it is at w*: direction by direction."""
    curvatures, directions = np.linalg.eigh(rows.H)
    noise = np.diag(directions.T @ rows.noise @ directions) / size
    return 2 * float(noise_floor(lr, momentum, curvatures, noise).sum())


def _flat(second: np.ndarray, mean: np.ndarray) -> np.ndarray:
    return np.append(second, mean)


def _moments(flat: np.ndarray, d: int) -> tuple[np.ndarray, np.ndarray]:
    second = flat[: 4 * d * d].reshape(2 * d, 2 * d)
    return (second + second.T) / 2, flat[4 * d * d :]


def _excess(rows: Rows, flat: np.ndarray) -> float:
    d = len(rows.H)
    return abs(float(np.trace(rows.H @ _moments(flat, d)[0][:d, :d])))
