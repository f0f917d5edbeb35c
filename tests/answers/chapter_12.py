"""Answers to the exercises of chapter 12; what needs training stands as a literal."""

import numpy as np

from d2lzh_pytorch.data import get_data_ch7


def heavy_ball_line(eta, gamma):
    """(12.3); the form of an EWMA is a heavy ball whose learning rate is smaller."""
    return (2 + 2 * gamma) / eta


def nesterov_line(eta, gamma):
    """(12.3), the last row."""
    return 2 * (1 + gamma) / ((1 + 2 * gamma) * eta)


def linear_losses(eta, steps, design, labels):
    """Gradient descent from zero with all of the data, half of the mean square."""
    w = np.zeros(design.shape[1])
    losses = []
    for _ in range(steps + 1):
        residual = design @ w - labels
        losses.append(residual @ residual / len(labels) / 2)
        w = w - eta * design.T @ residual / len(labels)
    return losses


FEATURES, LABELS = (part.double().numpy() for part in get_data_ch7())
DESIGN = np.column_stack([FEATURES, np.ones(len(FEATURES))])
SHARPNESS = np.linalg.eigvalsh(DESIGN.T @ DESIGN / len(DESIGN))[-1]
AT_ONE = linear_losses(1.0, 101, DESIGN, LABELS)
SLOWLY = linear_losses(0.96, 400, DESIGN, LABELS)
GROWTH = AT_ONE[101] / AT_ONE[100]

EWMA = heavy_ball_line(0.2 * (1 - 0.5), 0.5)
NESTEROV = nesterov_line(0.2, 0.5)
HEAVY_BALL = heavy_ball_line(0.2, 0.5)
KEPT_RATIO = 0.002 / (1 - 0.98) * (1 - 0.8)
LETTERS = ("D", "C", "E", "B")
# The two largest eigenvalues after 2000 steps, by the whole Hessian matrix.
LARGEST = {0.4: 5.0445, 0.2: 9.7279}
SECOND = {0.4: 4.9210, 0.2: 6.5079}
OF_LINE = tuple(SECOND[eta] * eta / 2 for eta in (0.4, 0.2))
PER_ROUND = tuple(SECOND[eta] / LARGEST[eta] for eta in (0.4, 0.2))
SQUARED_NORM = 10.21554  # of the gradient of the sharpness at the start
P = -SQUARED_NORM / 2
MEASURED = -0.0230480  # how much more the sharpness falls, eta 0.2, a 0.15
RATIO = MEASURED / (0.2 * 0.15**2)

RIGHT = {
    "12.1": (EWMA, NESTEROV, 0.2 / (1 - 0.5)),
    "12.2": (*LETTERS, KEPT_RATIO, 0),
    "12.3": (16.53, 0.964, 10, 5),
    "12.4": (0.96, (1 - SHARPNESS) ** 2, 0),
    "12.5": (*OF_LINE, *PER_ROUND),
    "12.6": (1 / 24, P, RATIO),
}
SLIPS = {
    "12.1": {
        "swapped": (NESTEROV, EWMA, 0.4),
        "both_heavy_ball": (HEAVY_BALL, HEAVY_BALL, 0.2),
        "first_is_heavy_ball": (HEAVY_BALL, NESTEROV, 0.4),
        "second_is_heavy_ball": (EWMA, HEAVY_BALL, 0.4),
        "factor_on_the_line": (HEAVY_BALL * (1 - 0.5), NESTEROV, 0.4),
        "second_without_momentum": (EWMA, heavy_ball_line(0.2, 0), 0.4),
        "rate_times_factor": (EWMA, NESTEROV, 0.2 * (1 - 0.5)),
        "rate_kept": (EWMA, NESTEROV, 0.2),
    },
    "12.2": {
        "smooth_is_floor": ("C", "C", "E", "B", KEPT_RATIO, 0),
        "noise_is_edge": ("D", "E", "E", "B", KEPT_RATIO, 0),
        "edge_is_ringing": ("D", "C", "B", "B", KEPT_RATIO, 0),
        "edge_is_diverging": ("D", "C", "A", "B", KEPT_RATIO, 0),
        "ringing_is_edge": ("D", "C", "E", "E", KEPT_RATIO, 0),
        "rate_kept": (*LETTERS, 0.002, 0),
        "rate_lowered": (*LETTERS, 0.002 * (1 - 0.98) / (1 - 0.8), 0),
        "rate_product": (*LETTERS, 0.002 * 0.98 / 0.8, 0),
        "counted_before": (*LETTERS, KEPT_RATIO, 38),
    },
    "12.3": {
        "swapped": (0.964, 16.53, 10, 5),
        "from_the_start": (0.6569, 0.964, 10, 5),
        "last_loss": (0.204, 0.964, 10, 5),
        "stairs_from_zero": (16.53, 1.207, 10, 5),
        "last_loss_of_stairs": (16.53, 0.0828, 10, 5),
        "no_nan_is_no_proof": (16.53, 0.964, 5, 5),
        "longest": (16.53, 0.964, 50, 5),
        "counted_from_zero": (16.53, 0.964, 10, 4),
    },
    "12.4": {
        "last_that_is_fine": (0.95, GROWTH, 0),
        "the_limit": (2 / SHARPNESS, GROWTH, 0),
        "not_squared": (0.96, abs(1 - SHARPNESS), 0),
        "not_squared_with_sign": (0.96, 1 - SHARPNESS, 0),
        "upside_down": (0.96, 1 / GROWTH, 0),
        "at_the_first_that_diverges": (0.96, SLOWLY[101] / SLOWLY[100], 0),
        "sharpness_itself": (0.96, GROWTH, SHARPNESS),
        "sharpness_halved": (0.96, GROWTH, SHARPNESS / 2),
    },
    "12.5": {
        "first_again": (LARGEST[0.4] * 0.4 / 2, LARGEST[0.2] * 0.2 / 2, 1.0, 1.0),
        "not_over_the_line": (SECOND[0.4], SECOND[0.2], *PER_ROUND),
        "over_the_first": (*PER_ROUND, *PER_ROUND),
        "places_swapped": (*reversed(OF_LINE), *PER_ROUND),
        "upside_down": (*OF_LINE, *(1 / x for x in PER_ROUND)),
        "squared": (*OF_LINE, *(x**2 for x in PER_ROUND)),
        "rounds_swapped": (*OF_LINE, *reversed(PER_ROUND)),
    },
    "12.6": {
        "sum_not_mean": (2 / 24, P, RATIO),
        "third_term": (1 / 6, P, RATIO),
        "without_half": (1 / 24, 2 * P, RATIO),
        "sign": (1 / 24, -P, RATIO),
        "norm_not_squared": (1 / 24, -(SQUARED_NORM**0.5) / 2, RATIO),
        "direction_too_long": (1 / 24, P * 4.948629**4, RATIO),
        "plain_step_not_subtracted": (1 / 24, P, (MEASURED - 0.0018491) / (0.2 * 0.15**2)),
        "divided_by_a": (1 / 24, P, MEASURED / (0.2 * 0.15)),
        "eta_forgotten": (1 / 24, P, MEASURED / 0.15**2),
    },
}
UNKNOWN = {
    "12.1": (25, NESTEROV, 0.4),
    "12.2": ("A", "C", "E", "B", KEPT_RATIO, 0),
    "12.3": (3.0, 0.964, 10, 5),
    "12.4": (0.98, GROWTH, 0),
    "12.5": (0.9, 0.6, 0.8, 0.5),
    "12.6": (1 / 24, -3.0, RATIO),
}
