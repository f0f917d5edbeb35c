"""Moments of a run whose mini-batches are drawn with replacement: exact, step by step.

Every row is drawn anew, so that a step's noise knows nothing of the past, and the first two moments
of (w, v) follow a closed recursion. Notebook 10 derives it.
"""

import numpy as np


def replacing_moments(
    X: np.ndarray, e: np.ndarray, m: np.ndarray, P: np.ndarray,
    lr: float, momentum: float, batch_size: int, steps: int,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Return mean (steps + 1, d) and second moment (steps + 1, d, d) of w - w*, from m and P on.

    With x a row of X (n, d), e (n,) the errors at w*, H = E[x x'], Q = E[v v'], R = E[v (w - w*)']
    and B the batch size,

        G  = E[x x'P x x'] / B + (1 - 1/B) H P H + (T + T') / B + E[e^2 x x'] / B,
        T  = E[x (x'm) e x'],
        Q+ = momentum^2 Q + momentum lr (H R' + R H) + lr^2 G,
        V  = momentum R + lr H P,   P+ = P - V - V' + Q+,   R+ = V - Q+.
    """
    n, d = X.shape
    H = X.T @ X / n
    noise = (X * e[:, None] ** 2).T @ X / n
    mean_v = np.zeros(d)
    Q = np.zeros((d, d))
    R = np.zeros((d, d))
    means = [m]
    seconds = [P]
    with np.errstate(over="ignore", invalid="ignore"):  # divergence is no error
        for _ in range(steps):
            fourth = (X * np.sum(X @ P * X, axis=1)[:, None]).T @ X / n
            T = (X * (X @ m * e)[:, None]).T @ X / n
            G = (fourth + T + T.T + noise) / batch_size + (1 - 1 / batch_size) * H @ P @ H
            Q = momentum**2 * Q + momentum * lr * (H @ R.T + R @ H) + lr**2 * G
            Q = (Q + Q.T) / 2  # rounding would break the symmetry, and the breach would grow
            V = momentum * R + lr * H @ P
            P = P - V - V.T + Q
            R = V - Q
            mean_v = momentum * mean_v + lr * H @ m
            m = m - mean_v
            means.append(m)
            seconds.append(P)
    return np.array(means), np.array(seconds)
