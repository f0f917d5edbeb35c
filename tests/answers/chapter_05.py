"""Answers to the exercises of chapter 5."""

import math

import numpy as np

STEEPEST = 2.0984833830683507  # the largest and the smallest curvature, as the chapter prints them
FLATTEST = 0.1737


def one_step(rows=4, factor=1.0, weight=1.0, kept=0.5):
    """Exercise 5.1 with its slips; the gradients of the four rows sum to 12 and 5."""
    moved = []
    for total, v in ((12, 0.2), (5, -0.1)):
        v = kept * v + weight * 0.1 * factor * total / rows
        moved.append(1 - v)
    return tuple(moved)


def uphill():
    v_w = 0.5 * 0.2 - 0.1 * 3
    v_b = 0.5 * -0.1 - 0.1 * 1.25
    return 1 - v_w, 1 - v_b


def _gradient(w, X, y):
    return X.T @ (X @ w - y)


def _pass(w, X, y, size, eta, gamma, divisor):
    """Once through the rows; ``divisor`` says by what the gradient of a batch is divided."""
    v = np.zeros_like(w)
    for start in range(0, len(X), size):
        rows = slice(start, start + size)
        v = gamma * v + eta * _gradient(w, X[rows], y[rows]) / divisor(len(X[rows]))
        w = w - v
    return w


def one_pass(w, X, y, size, eta, gamma):
    return _pass(w, X, y, size, eta, gamma, lambda rows: rows)


def sum_of_rows(w, X, y, size, eta, gamma):
    return _pass(w, X, y, size, eta, gamma, lambda rows: 1)


def divides_by_size(w, X, y, size, eta, gamma):
    return _pass(w, X, y, size, eta, gamma, lambda rows: size)


def drops_the_last(w, X, y, size, eta, gamma):
    whole = len(X) // size * size
    return one_pass(w, X[:whole], y[:whole], size, eta, gamma)


def no_half(w, X, y, size, eta, gamma):
    return one_pass(w, X, y, size, 2 * eta, gamma)


def no_memory(w, X, y, size, eta, gamma):
    return one_pass(w, X, y, size, eta, 0.0)


def moves_first(w, X, y, size, eta, gamma):
    v = np.zeros_like(w)
    for start in range(0, len(X), size):
        rows = slice(start, start + size)
        gradient = _gradient(w, X[rows], y[rows]) / len(X[rows])
        w = w - v
        v = gamma * v + eta * gradient
    return w


def whole_gradient(w, X, y, size, eta, gamma):
    """The gradient of all rows at each step."""
    v = np.zeros_like(w)
    for _ in range(math.ceil(len(X) / size)):
        v = gamma * v + eta * _gradient(w, X, y) / len(X)
        w = w - v
    return w


def stays(w, X, y, size, eta, gamma):
    return w


RIGHT = {
    "5.1": one_step(),
    "5.2": (0.0228, 0.284, 0.0172, 0.328),
    "5.3": one_pass,
    "5.4": ("B", "C", "A", (1 - 0.9) / STEEPEST),
    "5.5": ("C", "A", "D", "B", 6, 3, 2, 4),
    "5.6": (0.0302, 0.0956, "B"),
}
SLIPS = {
    "5.1": {
        "sum_of_rows": one_step(rows=1),
        "no_half": one_step(factor=2),
        "old_velocity": (1 - 0.2, 1 + 0.1),
        "no_memory": one_step(kept=0),
        "average": one_step(weight=1 - 0.5),
        "uphill": uphill(),
        "not_decayed": one_step(kept=1),
    },
    "5.2": {
        "momentum_kept": (2.20, 0.469, 0.0172, 0.328),
        "floor_not_subtracted": (0.241688 + 0.022757, 0.284, 0.241688 + 0.017207, 0.328),
        "epoch_one_too": (0.02257, 0.2838, 0.01694, 0.3278),
        "all_records": (0.0306, 0.284, 0.0269, 0.328),
        "final_record": (0.0389, 0.284, 0.0206, 0.328),
        "one_seed": (0.0269, 0.280, 0.0218, 0.329),
        "swapped": (0.0172, 0.328, 0.0228, 0.284),
    },
    "5.3": {
        "sum_of_rows": sum_of_rows,
        "divides_by_size": divides_by_size,
        "drops_the_last": drops_the_last,
        "no_half": no_half,
        "no_memory": no_memory,
        "moves_first": moves_first,
        "whole_gradient": whole_gradient,
    },
    "5.4": {
        "names_and_numbers": ("C", "B", "A", 0.0477),
        "right_order": ("B", "C", "A", (2 + 2 * 0.9) / STEEPEST),
        "not_divided": ("B", "C", "A", 1 - 0.9),
        "no_gamma": ("B", "C", "A", 1 / STEEPEST),
        "flat_direction": ("B", "C", "A", (1 - 0.9) / FLATTEST),
    },
    "5.5": {
        "ringing_and_noise": ("C", "D", "A", "B", 6, 3, 2, 4),
        "last_record": ("C", "A", "D", "B", 5, 2, 1, 3),
        "counts_the_first": ("C", "A", "D", "B", 7, 4, 3, 5),
        "only_bounded": ("C", "A", "D", "B", 1, 3, 2, 4),
    },
    "5.6": {
        "floor_not_subtracted": (0.936, 0.0956, "B"),
        "whole_run": (0.454, 0.0956, "B"),
        "upside_down": (33.1, 10.8, "B"),
        "expected": (0.1, 0.1, "B"),
        "expected_again": (0.0302, 0.1, "B"),
        "not_settled": (0.0302, 0.0956, "A"),
        "smaller_steps": (0.0302, 0.0956, "C"),
    },
}
UNKNOWN = {
    "5.1": (0.5, 0.5),
    "5.2": (0.0228, 0.3, 0.0172, 0.4),
    "5.3": stays,
    "5.4": ("A", "C", "B", 0.0477),
    "5.5": ("C", "A", "B", "D", 6, 3, 2, 4),
    "5.6": (0.06, 0.0956, "B"),
}
