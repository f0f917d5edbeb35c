"""Answers to the exercises of chapter 9."""


def spread(eta, gamma, curvature=1):
    """Formula (9.3) for noise of variance 1."""
    return eta * (1 + gamma) / (curvature * (1 - gamma) * (2 * (1 + gamma) - eta * curvature))


def neighbour(eta, gamma, curvature):
    return 1 - eta * curvature / (1 + gamma)


def wrong_sign(eta, gamma, curvature):
    return 1 + eta * curvature / (1 + gamma)


def gradient_descent(eta, gamma, curvature):
    return 1 - eta * curvature


def no_half(eta, gamma, curvature):
    return 1 - 2 * eta * curvature / (1 + gamma)


def velocity_term_alone(eta, gamma, curvature):
    return -eta * curvature / (1 + gamma)


def covariance(eta, gamma, curvature):
    return spread(eta, gamma, curvature) * neighbour(eta, gamma, curvature)


def inverse(eta, gamma, curvature):
    return 1 - eta * curvature / (1 - gamma)


GAMMAS = (0, 0.5, 0.9)
PAIRED, UNPAIRED = 0.0020383, 0.0021968
SHARES = (0.0770, 0.7203, 1.0063)
LETTERS = ("B", "C", "A")

RIGHT = {
    "9.1": tuple((1 + gamma) / (1 + 3 * gamma) for gamma in GAMMAS),
    "9.2": (PAIRED, UNPAIRED, 1.16, 0.433),
    "9.3": neighbour,
    "9.4": (*LETTERS, "H", 1.053, 2.0),
    "9.5": (0.9, -2.5, -0.262, 2650),
    "9.6": (*SHARES, "B"),
}
SLIPS = {
    "9.1": {
        "learning_rate_one": tuple(spread(1, gamma) for gamma in GAMMAS),
        "loss_instead": tuple(spread(1 - gamma, gamma) / 2 for gamma in GAMMAS),
        "approximate": (0.5, 0.5, 0.5),
        "approximate_loss": (0.25, 0.25, 0.25),
    },
    "9.2": {
        "swapped": (UNPAIRED, PAIRED, (PAIRED / UNPAIRED) ** 2, 0.433),
        "divided_by_n": (PAIRED * 0.95**0.5, UNPAIRED * 0.95**0.5, 1.16, 0.433),
        "spread_of_one": (PAIRED * 20**0.5, UNPAIRED * 20**0.5, 1.16, 0.433),
        "errors_added": (PAIRED, 0.002525, (0.002525 / PAIRED) ** 2, 0.433),
        "not_squared": (PAIRED, UNPAIRED, UNPAIRED / PAIRED, 0.433),
    },
    "9.3": {
        "sign": wrong_sign,
        "no_momentum": gradient_descent,
        "factor_two": no_half,
        "with_velocity": velocity_term_alone,
        "not_divided": covariance,
    },
    "9.4": {
        "slow_for_floor": ("C", "B", "A", "H", 1.053, 2.0),
        "ringing_for_floor": ("A", "C", "B", "H", 1.053, 2.0),
        "more_seeds": (*LETTERS, "D", 1.053, 2.0),
        "more_epochs": (*LETTERS, "E", 1.053, 2.0),
        "both_larger": (*LETTERS, "F", 1.053, 2.0),
        "more_momentum": (*LETTERS, "G", 1.053, 2.0),
        "batch_unchanged": (*LETTERS, "H", 10.53, 2.0),
        "learning_rate_unchanged": (*LETTERS, "H", 0.1, 2.0),
        "learning_rate_halved": (*LETTERS, "H", 1.053, 0.997),
    },
    "9.5": {
        "sign": (0.9, 2.5, 0.262, 2650),
        "unpaired": (0.9, -1.73, -0.183, 2650),
        "spread_of_one": (0.9, -2.5 / 20**0.5, -0.2616 / 200**0.5, 2650),
        "old_seeds_again": (0.9, -2.5, -1.54, 2700),
        "picked_anew": (0.5, -4.13, -1.64, 400),
        "not_squared": (0.9, -2.5, -0.262, 200 * 3 * 0.0001213 / 0.0001),
        "two_errors": (0.9, -2.5, -0.262, 200 * (2 * 0.0001213 / 0.0001) ** 2),
    },
    "9.6": {
        "not_divided": (0.000025, 0.000234, 0.000327, "B"),
        "floor_kept": (744.3, 744.9, 745.2, "B"),
        "other_batch": (*(share / 10 for share in SHARES), "B"),
        "whole_run": (8.34, 8.99, 7.53, "B"),
        "last_record": (0.0831, 0.551, 0.859, "B"),
        "batch": (*SHARES, "A"),
        "rows": (*SHARES, "C"),
    },
}
UNKNOWN = {
    "9.1": (1, 2, 3),
    "9.2": (0.1, 0.2, 4, 0.9),
    "9.3": inverse,
    "9.4": ("C", "A", "B", "H", 1.2, 1.5),
    "9.5": (0.3, -1, -1, 20),
    "9.6": (0.5, 0.5, 0.5, "B"),
}
