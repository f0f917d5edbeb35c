"""Answers to the exercises of chapter 1."""

import numpy as np


def best_for(a, b):
    return 2 / (a + b), abs(a - b) / (a + b)


def order_assumed(a, b):
    kappa = b / a
    return 2 / (a + b), (kappa - 1) / (kappa + 1)


def other_order_assumed(a, b):
    return 2 / (a + b), (a - b) / (a + b)


def coefficients(a, b):
    return best_for(2 * a, 2 * b)


def largest_factor(eta, a, b):
    return np.maximum(abs(1 - eta * a), abs(1 - eta * b))


def middle(a, b):
    eta = 1 / max(a, b)
    return eta, largest_factor(eta, a, b)


def limit(a, b):
    eta = 2 / max(a, b)
    return eta, largest_factor(eta, a, b)


def grid_of_the_chapter(a, b):
    etas = np.linspace(0, 0.6, 60001)
    factors = largest_factor(etas, a, b)
    return etas[factors.argmin()], factors.min()


def swapped(a, b):
    return best_for(a, b)[::-1]


def product_for_sum(a, b):
    return 2 / (a * b), abs(a - b) / (a + b)


def rotated(flat, steep, sign=-1, new_x1=False):
    """Make a function such as 1.5 asks for, with flat * (x1 + x2) + steep * (x1 - x2) in it."""

    def rotated_2d(eta):
        def step(x1, x2, s1, s2):
            moved = x1 - eta * (flat * (x1 + x2) + steep * (x1 - x2))
            seen = moved if new_x1 else x1
            x2 = x2 - eta * (flat * (seen + x2) + sign * steep * (seen - x2))
            return moved, x2, s1, s2

        return step

    return rotated_2d


def gd_2d(eta):
    def step(x1, x2, s1, s2):
        return x1 - eta * 0.2 * x1, x2 - eta * 4 * x2, s1, s2

    return step


def best_in(steps, start=(-5, -2), weights=(0.1, 2)):
    """Return the learning rate whose f is least after so many steps, on the grid of 1.6."""
    etas = np.linspace(0.3, 0.5, 2001)
    flat = weights[0] * (start[0] * (1 - 0.2 * etas) ** steps) ** 2
    steep = weights[1] * (start[1] * (1 - 4 * etas) ** steps) ** 2
    return etas[(flat + steep).argmin()]


def three_best(near=(-0.01, -2), more=0, weights=(0.1, 2)):
    return (
        best_in(20 + more, weights=weights),
        best_in(100 + more, weights=weights),
        best_in(20 + more, start=near, weights=weights),
    )


RIGHT = {
    "1.1": 1,
    "1.2": (1, 2 / (0.2 + 0.2)),
    "1.3": best_for,
    "1.4": ("C", (1 - 3.8 / 4) / 0.1, (1 + 3.6 / 3) / 0.1, 2 / (0.5 + 22)),
    "1.5": rotated(0.1, 2),
    "1.6": three_best(),
}
SLIPS = {
    "1.1": {"counts_the_start": 2, "never": 0, "same_length": 1 / 0.25},
    "1.2": {
        "coefficient": (1, 2 / (0.1 + 0.1)),
        "kappa_zero": (0.1 - 0.1, 5),
        "old_bowl": (20, 2 / (0.2 + 4)),
        "old_steep": (1, 1 / 4),
        "swapped": (5, 1),
    },
    "1.3": {
        "order_assumed": order_assumed,
        "other_order_assumed": other_order_assumed,
        "coefficients": coefficients,
        "middle": middle,
        "limit": limit,
        "grid_of_the_chapter": grid_of_the_chapter,
        "swapped": swapped,
    },
    "1.4": {
        "sign_lost": ("C", 0.5, (1 - 3.6 / 3) / 0.1, 2 / (0.5 - 2)),
        "coefficients": ("C", 0.25, 11, 2 / (0.25 + 11)),
        "eta_forgotten": ("C", 1 - 3.8 / 4, 1 + 3.6 / 3, 2 / (0.05 + 2.2)),
        "limit": ("C", 0.5, 22, 2 / 22),
        "middle": ("C", 0.5, 22, 1 / 22),
        "overshoots": ("B", 0.5, 22, 2 / 22.5),
        "only_slow": ("A", 0.5, 22, 2 / 22.5),
        "too_small": ("C", 0.5, 22, 0.06),
        "too_large": ("C", 0.5, 22, 2 / (22 - 0.5)),
    },
    "1.5": {
        "as_given": rotated(0.1, 2, sign=1, new_x1=True),
        "sign_left": rotated(0.1, 2, sign=1),
        "order_left": rotated(0.1, 2, new_x1=True),
        "halves_dropped": rotated(0.2, 4),
        "square_kept": rotated(0.05, 1),
        "not_rotated": gd_2d,
        "uphill": rotated(-0.1, -2),
    },
    "1.6": {
        "in_the_long_run": (2 / 4.2, 2 / 4.2, 2 / 4.2),
        "distance": three_best(weights=(1, 1)),
        "start_swapped": three_best(near=(-2, -0.01)),
        "start_kept": three_best(near=(-5, -2)),
        "one_step_more": three_best(more=1),
        "one_step_less": three_best(more=-1),
    },
}
UNKNOWN = {
    "1.1": 7,
    "1.2": (1, 3),
    "1.3": product_for_sum,
    "1.4": ("A", 0.7, 20, 0.3),
    "1.5": rotated(0.1, -2),
    "1.6": (0.41, 0.42, 0.43),
}
