"""The mean loss of the loop as one trains: every epoch takes each row once, in a new order.

With replacement the rows of two steps are independent, and two moments of the state suffice. In an
epoch without, two draws i != j are weakly tied: E f(i, j) = -E_i f(i, i) / (n - 1) for any f that
has mean 0 in each argument. So to the recursion that forgets the epoch, whose moments are M0 and
mu0, one term over pairs of draws is added: M = M0 - W / (n - 1). W gathers what a pair contributes
if both draws are the same row i, from Y_i and y_i: what row i, drawn in this epoch already, adds to
second moment and mean. Terms over three and more draws are left out.
"""

from typing import NamedTuple

import numpy as np


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
    rows = _rows(X, e)
    n, d = X.shape
    F = _transition(rows.H, lr, momentum)
    second = np.zeros((2 * d, 2 * d))
    second[:d, :d] = P
    state = _new_epoch(n, second, np.append(m, np.zeros(d)))
    sizes = [min(batch_size, n - first) for first in range(0, n, batch_size)]
    means = [m]
    seconds = [P]
    with np.errstate(over="ignore", invalid="ignore"):  # divergence is no error
        for step in range(steps):
            state = _step(rows, state, F, lr, sizes[step % len(sizes)])
            second = state.M0 - state.W / max(n - 1, 1)
            mean = state.mu0 - state.w / max(n - 1, 1)
            means.append(mean[:d])
            seconds.append(second[:d, :d])
            if (step + 1) % len(sizes) == 0:
                state = _new_epoch(n, second, mean)
    return np.array(means), np.array(seconds)


def _rows(X: np.ndarray, e: np.ndarray) -> Rows:
    n, d = X.shape
    pairs = np.einsum("ij,ik->ijk", X, X).reshape(n, d * d)
    third = (pairs * e[:, None]).T @ X / n
    noise = (X * e[:, None] ** 2).T @ X / n
    return Rows(X, e, X.T @ X / n, pairs.T @ pairs / n, third.reshape(d, d, d), noise)


def _transition(H: np.ndarray, lr: float, momentum: float) -> np.ndarray:
    """Return F: without noise, z+ = F z."""
    one = np.eye(len(H))
    return np.block([[one - lr * H, -momentum * one], [lr * H, momentum * one]])


def _new_epoch(n: int, second: np.ndarray, mean: np.ndarray) -> State:
    W = np.zeros_like(second)
    w = np.zeros_like(mean)
    return State(second, mean, W, w, np.zeros((n, *W.shape)), np.zeros((n, *w.shape)))


def _step(rows: Rows, old: State, F: np.ndarray, lr: float, size: int) -> State:
    """Take one step with a batch of this size; all right sides are old."""
    d = len(rows.H)
    noise = _noise(rows, old.M0, old.mu0) + rows.noise
    gain = old.mu0[:d] @ rows.X.T + rows.e
    response = lr * (gain[:, None] * rows.X - rows.H @ old.mu0[:d])
    tied = _if_drawn_again(rows, old.Y, old.y, F, lr, size)
    pull = (rows.X * np.sum(rows.X * old.y[:, :d], 1)[:, None] - old.y[:, :d] @ rows.H).mean(0)
    repeated = _if_drawn(rows, old.M0, old.mu0, F, lr, size)
    return State(
        M0=_moved(old.M0, F) + _kick(noise, lr) / size,
        mu0=F @ old.mu0,
        W=_forgetful(rows, old.W, old.w, F, lr, size) + tied + (1 - 1 / size) * _kick(noise, lr),
        w=F @ old.w + np.append(-lr * pull, lr * pull),
        Y=_forgetful(rows, old.Y, old.y, F, lr, size) + repeated,
        y=old.y @ F.T + np.concatenate([-response, response], axis=1),
    )


def _forgetful(
    rows: Rows, M: np.ndarray, mu: np.ndarray, F: np.ndarray, lr: float, size: int
) -> np.ndarray:
    """F M F' + G K0(M, mu) G' / size: one step of a difference of moments."""
    return _moved(M, F) + _kick(_noise(rows, M, mu), lr) / size


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
    fourth = (P.reshape(*P.shape[:-2], d * d) @ rows.fourth).reshape(P.shape)
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
    """F M F' for symmetric M, one or many: two large products are quicker than many small ones."""
    half = (M.reshape(-1, len(F)) @ F.T).reshape(M.shape)
    return (np.swapaxes(half, -1, -2).reshape(-1, len(F)) @ F.T).reshape(M.shape)
