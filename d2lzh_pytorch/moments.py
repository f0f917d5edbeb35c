"""The exact mean of the chapter-7 loss at every step, when mini-batches are drawn with replacement.

The gradient is linear in the parameters, so that the first two moments of (w, v) follow a closed
recursion: no simulation and nothing fitted. Notebook 08 derives it.
"""

import numpy as np
import torch

from d2lzh_pytorch.arguments import check_integer, number
from d2lzh_pytorch.draws import INITIAL_SD
from d2lzh_pytorch.training_data import as_training_data


def mean_loss(
    features: torch.Tensor, labels: torch.Tensor, lr: float, momentum: float,
    batch_size: int = 10, steps: int = 300, *, initial_sd: float = INITIAL_SD,
) -> np.ndarray:  # fmt: skip
    """Return E loss before the first step and after each: a float64 array (steps + 1,).

    With x a row of features and a 1, w* the least-squares solution, e = x.w* - y, d = w - w*,
    H = E[x x'], m = E d, P = E[d d'], Q = E[v v'], R = E[v d'] and B the batch size,

        G  = E[x x'P x x'] / B + (1 - 1/B) H P H + (T + T') / B + E[e^2 x x'] / B,
        T  = E[x (x'm) e x'],
        Q+ = momentum^2 Q + momentum lr (H R' + R H) + lr^2 G,
        V  = momentum R + lr H P,   P+ = P - V - V' + Q+,   R+ = V - Q+,

    and E loss = loss(w*) + tr(H P) / 2. At first w ~ N(0, initial_sd^2), b = 0, v = 0. What
    overflows is inf or nan. Raises TypeError or ValueError as ``fit_ch7`` does, and for an lr or
    momentum that is no finite number.

    >>> mean_loss(torch.eye(4), torch.ones(4), lr=0.1, momentum=0.5, steps=2).shape
    (3,)
    """
    remedy = "pass them as mean_loss(features, labels, 0.02, 0.5)"
    lr = number("lr", lr, remedy)
    momentum = number("momentum", momentum, remedy)
    batch_size = check_integer("batch_size", batch_size, 1)
    steps = check_integer("steps", steps, 0)
    x, y = (t.cpu().double().numpy() for t in as_training_data(features, labels))
    X = np.column_stack([x, np.ones(len(x))])
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    e = X @ best - y
    spread = np.append(np.full(X.shape[1] - 1, initial_sd**2), 0.0)
    excess = _excess(X, e, -best, np.diag(spread), lr, momentum, batch_size, steps)
    return np.mean(e**2) / 2 + excess


def _excess(
    X: np.ndarray, e: np.ndarray, m: np.ndarray, spread: np.ndarray,
    lr: float, momentum: float, B: int, steps: int,
) -> np.ndarray:  # fmt: skip
    """Return tr(H P) / 2 before the first step and after each, from d of that mean and spread."""
    n = len(X)
    H = X.T @ X / n
    noise = (X * e[:, None] ** 2).T @ X / n
    mean_v = np.zeros_like(m)
    P = np.outer(m, m) + spread
    Q = np.zeros_like(H)
    R = np.zeros_like(H)
    traces = [np.trace(H @ P)]
    with np.errstate(over="ignore", invalid="ignore"):  # divergence is no error
        for _ in range(steps):
            fourth = (X * np.sum(X @ P * X, axis=1)[:, None]).T @ X / n
            T = (X * (X @ m * e)[:, None]).T @ X / n
            G = (fourth + T + T.T + noise) / B + (1 - 1 / B) * H @ P @ H
            Q = momentum**2 * Q + momentum * lr * (H @ R.T + R @ H) + lr**2 * G
            Q = (Q + Q.T) / 2  # rounding would break the symmetry, and the breach would grow
            V = momentum * R + lr * H @ P
            P = P - V - V.T + Q
            R = V - Q
            mean_v = momentum * mean_v + lr * H @ m
            m = m - mean_v
            traces.append(np.trace(H @ P))
    return np.array(traces) / 2
