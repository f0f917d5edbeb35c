"""Answers to the exercises of chapter 10."""

import itertools

import numpy as np

# The three rows: 1, 1, 2 with errors 1, 1, -1.
X4 = 6
EX3 = -2
E2X2 = 2
CURVATURE = 2


def by_hand(steps=2, pull=EX3, crossed=True, mean_moves=True, new_s=True, k_drops_s=True):
    """Return P, K, S of the three rows at eta = 0.1, gamma = 0.5; each flag off is a slip."""
    mean, mean_v, P, K, S = -3.0, 0.0, 9.0, 0.0, 0.0
    for _ in range(steps):
        old = S
        G = X4 * P + 2 * pull * mean + E2X2
        S = 0.25 * S + crossed * 0.1 * CURVATURE * K + 0.01 * G
        half = 0.5 * K + 0.1 * CURVATURE * P
        P = P - 2 * half + (S if new_s else old)
        K = half - S * k_drops_s
        mean_v = 0.5 * mean_v + 0.1 * CURVATURE * mean
        mean = mean - mean_v * mean_moves
    return P, K, S


def one_row(mean, P):
    return X4 * P + 2 * EX3 * mean + E2X2


def mean_g2(mean, P, B):
    return one_row(mean, P) / B + (1 - 1 / B) * CURVATURE**2 * P


def with_square_of_the_mean(mean, P, B):
    return one_row(mean, P) / B + (1 - 1 / B) * CURVATURE**2 * mean**2


def with_curvature_once(mean, P, B):
    return one_row(mean, P) / B + (1 - 1 / B) * CURVATURE * P


def without_pairs(mean, P, B):
    return one_row(mean, P) / B


def with_all_pairs(mean, P, B):
    return one_row(mean, P) / B + CURVATURE**2 * P


def without_batch(mean, P, B):
    return one_row(mean, P)


def at_rest(more):
    """Return P at rest and its limit in eta, gamma = 0.5; ``more`` is the noise that P makes."""
    room = 0.5 * CURVATURE * (2 - 0.1 * CURVATURE / 1.5)
    limit = CURVATURE / (CURVATURE**2 / 3 + more)
    return 0.1 * E2X2 / (room - 0.1 * more), limit


def orders(gamma=0.5, best=-1.0):
    """Return delta after each of the six orders of the rows 1, 1, -1."""
    ends = []
    for rows in itertools.permutations(((1, 2), (1, 2), (-1, 7))):
        w, v = 0.0, 0.0
        for x, y in rows:
            v = gamma * v + 0.1 * x * (x * w - y)
            w = w - v
        ends.append(w - best)
    return np.array(ends)


def account(own=1.5, pairs=1 / 6):
    """Equation (10.11) for the rows 1, 1, -1; ``own`` and ``pairs`` are its two factors."""
    pushes = np.array([-3.0, -3.0, 6.0])
    F = np.array([[0.9, -0.5], [0.1, 0.5]])
    D = np.array([-0.1, 0.1])
    rough = np.diag([1.0, 0.0])
    r = np.zeros((3, 2))
    for _ in range(3):
        r = r @ F.T + np.outer(pushes, D)
        rough = F @ rough @ F.T + own * np.mean(pushes**2) * np.outer(D, D)
    return float((rough - r.T @ r * pairs)[0, 0])


def end_of_epoch(eta, gamma, B, own=1500 / 1499, epochs=400):
    """Return M at the end of an epoch of 1500 rows whose x^2 and mean of e^2 x^2 are 1."""
    F = np.array([[1 - eta, -gamma], [eta, gamma]])
    D = np.array([-eta, eta])
    added = np.zeros((2, 2))
    r = np.zeros(2)
    whole = np.eye(2)
    for _ in range(1500 // B):
        added = F @ added @ F.T + own / B * np.outer(D, D)
        r = F @ r + D
        whole = F @ whole
    M = np.zeros((2, 2))
    for _ in range(epochs):
        M = whole @ M @ whole.T + added - np.outer(r, r) / 1499
    return M


def shrinks(same_eta=False, sign=-1, **kwargs):
    """Return the three factors and the share that is left after coasting."""
    found = []
    for gamma in (0, 0.5, 0.9):
        eta = 0.008 if same_eta else 0.008 * (1 - gamma)
        ten, hundred = (end_of_epoch(eta, gamma, B, **kwargs) for B in (10, 100))
        found.append(ten[0, 0] / hundred[0, 0])
    coast = np.array([1, sign * 9])
    return (*found, coast @ hundred @ coast / hundred[0, 0])


def reshuffled(tau):
    return 1 - np.tanh(tau / 2) / (tau / 2)


REST, LIMIT = at_rest(X4 - CURVATURE**2)
ROUGH, FULL_LIMIT = at_rest(0)
DOUBLE, DOUBLE_LIMIT = at_rest(X4)
ENDS = orders()
RIGHT_SHRINKS = shrinks()
FACTOR = 10 * reshuffled(1.2) / reshuffled(0.12)

RIGHT = {
    "10.1": (3.4028, 0.9012, 0.8748),
    "10.2": mean_g2,
    "10.3": (REST, ROUGH, LIMIT),
    "10.4": (np.mean(ENDS**2), "B", False),
    "10.5": RIGHT_SHRINKS,
}
SLIPS = {
    "10.1": {
        "old_s": by_hand(new_s=False),
        "no_cross_term": by_hand(crossed=False),
        "first_mean_kept": by_hand(mean_moves=False),
        "no_pull": by_hand(pull=0),
        "k_keeps_s": by_hand(k_drops_s=False),
        "one_step": by_hand(steps=1),
    },
    "10.2": {
        "square_of_the_mean": with_square_of_the_mean,
        "curvature_once": with_curvature_once,
        "no_pairs": without_pairs,
        "all_pairs": with_all_pairs,
        "no_batch": without_batch,
    },
    "10.3": {
        "counted_twice": (DOUBLE, ROUGH, DOUBLE_LIMIT),
        "swapped": (ROUGH, REST, LIMIT),
        "limit_of_constant_noise": (REST, ROUGH, FULL_LIMIT),
        "limit_without_momentum": (REST, ROUGH, 2 * CURVATURE / X4),
    },
    "10.4": {
        "given_code": (account(own=1), "A", True),
        "with_replacement": (account(own=1, pairs=0), "B", False),
        "square_of_the_mean": (np.mean(ENDS) ** 2, "B", False),
        "about_zero": (np.mean((ENDS - 1) ** 2), "B", False),
        "no_momentum": (np.mean(orders(gamma=0) ** 2), "B", False),
        "line_of_pairs": (np.mean(ENDS**2), "C", False),
        "line_of_r": (np.mean(ENDS**2), "A", False),
        "always_exact": (np.mean(ENDS**2), "B", True),
    },
    "10.5": {
        "upside_down": (*(1 / x for x in RIGHT_SHRINKS[:3]), RIGHT_SHRINKS[3]),
        "with_replacement": (10, 10, 10, 1),
        "formula": (FACTOR, FACTOR, FACTOR, 1),
        "same_eta": shrinks(same_eta=True),
        "no_compensation": shrinks(own=1),
        "one_epoch": shrinks(epochs=1),
        "coasts_backwards": shrinks(sign=1),
    },
}
UNKNOWN = {
    "10.1": (3.0, 1.0, 1.0),
    "10.2": max,
    "10.3": (0.2, 0.3, 0.9),
    "10.4": (0.5, "B", False),
    "10.5": (500, 200, 100, 0.5),
}
