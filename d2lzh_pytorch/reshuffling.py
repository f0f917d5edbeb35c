"""The mean loss of the loop as one trains: every epoch takes each row once, in a new order.

With replacement the rows of two steps are independent, and two moments of the state suffice. In an
epoch without, two draws i != j are weakly tied: E f(i, j) = -E_i f(i, i) / (n - 1) for any f that
has mean 0 in each argument. So to the recursion that forgets the epoch, whose moments are M0 and
mu0, one term over pairs of draws is added: M = M0 - W / (n - 1). W gathers what a pair contributes
if both draws are the same row i, from Y_i and y_i: what row i, drawn in this epoch already, adds to
second moment and mean. Terms over three and more draws are left out.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np

BLOCK = 150_000  # multiplications at a time


class Rows(NamedTuple):
    """Rows X (n, d), errors e (n,) at w*, and averages over the rows.

    H = E[x x'] (d, d); fourth: E of the products of four entries of x (d d, d d); third: of e and
    three (d, d, d); noise = E[e^2 x x'] (d, d).
    """

    X: np.ndarray
    e: np.ndarray
    H: np.ndarray
    fourth: np.ndarray
    third: np.ndarray
    noise: np.ndarray


class State(NamedTuple):
    """M0 (2d, 2d), mu0 (2d,), W, w, Y (n, 2d, 2d), y (n, 2d) for z = (w - w*, v), d each."""

    M0: np.ndarray
    mu0: np.ndarray
    W: np.ndarray
    w: np.ndarray
    Y: np.ndarray
    y: np.ndarray


def reshuffled_moments(
    X: np.ndarray, e: np.ndarray, m: np.ndarray, P: np.ndarray,
    lr: float, momentum: float, batch_size: int, steps: int,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Return mean (steps + 1, d) and second moment (steps + 1, d, d) of w - w*, from m and P on.

    The last batch of an epoch is smaller where ``batch_size`` does not divide n.
    """
    rows = averaged(X, e)
    d = len(m)
    F = transition(rows.H, lr, momentum)
    second = np.zeros((2 * d, 2 * d))
    second[:d, :d] = P
    mean = np.append(m, np.zeros(d))
    means = [m]
    seconds = [P]
    with np.errstate(over="ignore", invalid="ignore"):  # divergence is no error
        for second_z, mean_z in islice(epochs(rows, second, mean, F, lr, batch_size), steps):
            means.append(mean_z[:d])
            seconds.append(second_z[:d, :d])
    return np.array(means), np.array(seconds)


def epochs(
    rows: Rows, second: np.ndarray, mean: np.ndarray, F: np.ndarray, lr: float, batch_size: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield second moment (2d, 2d) and mean (2d,) of z after each step, epoch after epoch."""
    n = len(rows.X)
    pairs = max(n - 1, 1)
    while True:
        state = _new_epoch(n, second, mean)
        for first in range(0, n, batch_size):
            state = _step(rows, state, F, lr, min(batch_size, n - first))
            second = state.M0 - state.W / pairs
            mean = state.mu0 - state.w / pairs
            yield second, mean


def averaged(X: np.ndarray, e: np.ndarray) -> Rows:
    """Average over the rows what the recursion needs."""
    n, d = X.shape
    pairs = np.einsum("ij,ik->ijk", X, X).reshape(n, d * d)
    third = (pairs * e[:, None]).T @ X / n
    noise = (X * e[:, None] ** 2).T @ X / n
    return Rows(X, e, X.T @ X / n, pairs.T @ pairs / n, third.reshape(d, d, d), noise)


def transition(H: np.ndarray, lr: float, momentum: float) -> np.ndarray:
    """Return F: without noise, z+ = F z."""
    one = np.eye(len(H))
    return np.block([[one - lr * H, -momentum * one], [lr * H, momentum * one]])


def one_step(
    rows: Rows, M: np.ndarray, mu: np.ndarray, F: np.ndarray, lr: float, size: int,
    *, constant: bool = True,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """One step that forgets the epoch: M (..., 2d, 2d) and mu (..., 2d) afterwards.

    ``constant``: with the noise that is there at w* too.
    """
    noise = _noise(rows, M, mu) + (rows.noise if constant else 0.0)
    return _moved(M, F) + _kick(noise, lr) / size, mu @ F.T


def _new_epoch(n: int, second: np.ndarray, mean: np.ndarray) -> State:
    W = np.zeros_like(second)
    w = np.zeros_like(mean)
    return State(second, mean, W, w, np.zeros((n, *W.shape)), np.zeros((n, *w.shape)))


def _step(rows: Rows, old: State, F: np.ndarray, lr: float, size: int) -> State:
    """Take one step with a batch of this size; all right sides are old."""
    d = len(rows.H)
    M0, mu0 = one_step(rows, old.M0, old.mu0, F, lr, size)
    W, w = one_step(rows, old.W, old.w, F, lr, size, constant=False)
    Y, y = one_step(rows, old.Y, old.y, F, lr, size, constant=False)
    W = W + _if_drawn_again(rows, old.Y, old.y, F, lr, size)
    W = W + (1 - 1 / size) * _kick(_noise(rows, old.M0, old.mu0) + rows.noise, lr)
    pull = (rows.X * np.sum(rows.X * old.y[:, :d], 1)[:, None] - old.y[:, :d] @ rows.H).mean(0)
    w = w + np.append(-lr * pull, lr * pull)
    Y = Y + _if_drawn(rows, old.M0, old.mu0, F, lr, size)
    gain = old.mu0[:d] @ rows.X.T + rows.e
    response = lr * (gain[:, None] * rows.X - rows.H @ old.mu0[:d])
    y = y + np.concatenate([-response, response], axis=1)
    return State(M0, mu0, W, w, Y, y)


def _kick(K: np.ndarray, lr: float) -> np.ndarray:
    """G K G' with G = (-lr I; lr I): what noise in a gradient does to the moments of z."""
    K = lr**2 * K
    return np.concatenate(
        [np.concatenate([K, -K], axis=-1), np.concatenate([-K, K], axis=-1)], axis=-2
    )


def _noise(rows: Rows, M: np.ndarray, mu: np.ndarray) -> np.ndarray:
    """K0: the covariance of one row's gradient at these moments, but for its constant part."""
    d = len(rows.H)
    P = M[..., :d, :d]
    T = np.tensordot(mu[..., :d], rows.third, (-1, 2))
    fourth = _product(P.reshape(-1, d * d), rows.fourth).reshape(P.shape)
    return fourth - rows.H @ P @ rows.H + T + np.swapaxes(T, -1, -2)


def _if_drawn(
    rows: Rows, M: np.ndarray, mu: np.ndarray, F: np.ndarray, lr: float, size: int
) -> np.ndarray:
    """D_i (n, 2d, 2d): what a step from these moments adds if its batch has row i.

    What is alike for all rows is left out: it cancels in the averages in which D_i is used.
    """
    X = rows.X
    e = rows.e
    d = len(rows.H)
    along = X @ M[:d]
    noise_z = X[:, :, None] * (along + e[:, None] * mu)[:, None]
    half = _half_noise(rows, along[:, :d], mu[:d]) + e[:, None] ** 2 * X / 2
    one_sided = half[:, :, None] * X[:, None, :]
    both = one_sided + np.swapaxes(one_sided, 1, 2)
    return _crossed(noise_z, F, lr) + _kick(both, lr) / size


def _if_drawn_again(
    rows: Rows, Y: np.ndarray, y: np.ndarray, F: np.ndarray, lr: float, size: int
) -> np.ndarray:
    """Mean over i (2d, 2d) of the same from the moments Y_i, y_i, without the constant noise."""
    X = rows.X
    e = rows.e
    H = rows.H
    n, d = X.shape
    along = np.einsum("ij,ijk->ik", X, Y[:, :d])
    mean = Y.mean(0)
    noise_z = X.T @ (along + e[:, None] * y) / n - H @ mean[:d]
    one_sided = _half_noise(rows, along[:, :d], y[:, :d]).T @ X / n
    both = one_sided + one_sided.T + H @ mean[:d, :d] @ H - _noise(rows, mean, y.mean(0))
    return _crossed(noise_z, F, lr) + _kick(both, lr) / size


def _half_noise(rows: Rows, Px: np.ndarray, m: np.ndarray) -> np.ndarray:
    """h_i (n, d), so that h_i x_i' and its transpose, H P H and the constant part make E[u_i u_i'].

    One row's noise is u_i = (x_i x_i' - H) delta + e_i x_i.
    """
    X = rows.X
    e = rows.e
    H = rows.H
    linear = X * (X * m).sum(1)[:, None] - m @ H
    return np.sum(Px * X, 1)[:, None] * X / 2 - Px @ H + e[:, None] * linear


def _crossed(noise_z: np.ndarray, F: np.ndarray, lr: float) -> np.ndarray:
    """G E[u z'] F' and its transpose."""
    cross = lr * noise_z @ F.T
    across = np.concatenate([-cross, cross], axis=-2)
    return across + np.swapaxes(across, -1, -2)


def _moved(M: np.ndarray, F: np.ndarray) -> np.ndarray:
    """F M F' for symmetric M, one or many."""
    half = _product(M.reshape(-1, len(F)), F.T).reshape(M.shape)
    return _product(np.swapaxes(half, -1, -2).reshape(-1, len(F)), F.T).reshape(M.shape)


def _product(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """A @ B for many rows, some at a time.

    BLAS would share larger products among threads, and on a busy machine wait for the slowest.
    """
    some = max(BLOCK // B.size, 1)
    parts = [A[first : first + some] @ B for first in range(0, len(A), some)]
    return np.concatenate(parts)
