"""The exact mean of the chapter-7 loss at every step, when mini-batches are drawn with replacement.

The gradient is linear in the parameters, so that the first two moments of (w, v) follow a closed
recursion: no simulation and nothing fitted. Notebook 08 derives it.
"""

import numpy as np


def mean_loss(features, labels, lr, momentum, batch_size=10, steps=300, *, initial_sd=0.01):
    """Return E loss before the first step and after each: a float64 array (steps + 1,).

    With x a row of features and a 1, w* the least-squares solution, e = x.w* - y, d = w - w*,
    H = E[x x'], m = E d, P = E[d d'], Q = E[v v'], R = E[v d'] and B the batch size,

        G  = E[x x'P x x'] / B + (1 - 1/B) H P H + (T + T') / B + E[e^2 x x'] / B,
        T  = E[x (x'm) e x'],
        Q+ = momentum^2 Q + momentum lr (H R' + R H) + lr^2 G,
        V  = momentum R + lr H P,   P+ = P - V - V' + Q+,   R+ = V - Q+,

    and E loss = loss(w*) + tr(H P) / 2. At first w ~ N(0, initial_sd^2), b = 0, v = 0.
    """
    X = np.column_stack([np.asarray(features, float), np.ones(len(features))])
    y, n = np.asarray(labels, float), len(X)
    H, best = X.T @ X / n, np.linalg.lstsq(X, y, rcond=None)[0]
    e = X @ best - y
    noise = (X * e[:, None] ** 2).T @ X / n
    m, mean_v = -best, np.zeros_like(best)
    spread = np.append(np.full(X.shape[1] - 1, initial_sd**2), 0.0)
    P, Q, R = np.outer(m, m) + np.diag(spread), np.zeros_like(H), np.zeros_like(H)
    losses = [np.trace(H @ P)]
    for _ in range(steps):
        fourth = (X * np.sum(X @ P * X, axis=1)[:, None]).T @ X / n
        T = (X * (X @ m * e)[:, None]).T @ X / n
        G = (fourth + T + T.T + noise) / batch_size + (1 - 1 / batch_size) * H @ P @ H
        Q = momentum**2 * Q + momentum * lr * (H @ R.T + R @ H) + lr**2 * G
        Q = (Q + Q.T) / 2  # rounding would break the symmetry, and the breach would grow
        V = momentum * R + lr * H @ P
        P, R = P - V - V.T + Q, V - Q
        mean_v = momentum * mean_v + lr * H @ m
        m = m - mean_v
        losses.append(np.trace(H @ P))
    return np.mean(e**2) / 2 + np.array(losses) / 2
