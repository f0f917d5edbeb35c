"""Answers to the exercises of chapter 8."""

import numpy as np

import d2lzh_pytorch as d2l
from d2lzh_pytorch import theory

ETA = np.linspace(0.5, 0.8, 151)
GAMMA = np.linspace(0.3, 0.6, 151)
BOTH = (0.1, 2)


# 8.1: t and beta as the slips take them; sign is -1 for the steep direction, 1 for the flat one.
def peak_and_after(beta, sign=-1, power=1):
    t = np.arange(40)
    size = np.abs((1 + (1 - sign * beta) * t) * beta**t) ** power
    return int(size.argmax()), float(size.max()), int(np.flatnonzero(size >= 1)[-1]) + 1


# 8.2: the cell with the smallest f, for parts of f.
def best_cell(steps, parts=BOTH):
    ends = d2l.sweep_2d(ETA, GAMMA[:, None], steps=steps).numpy()
    f = ends**2 @ np.array(parts)
    row, column = np.unravel_index(f.argmin(), f.shape)
    return float(ETA[column]), float(GAMMA[row])


def best_cells(parts=BOTH):
    return (*best_cell(10, parts), *best_cell(40, parts))


# 8.3: the limit, and what goes wrong on the way to it.
def slowdown(m):
    return m**0.5 - (m - 1) ** 0.5 if m > 1 else m**0.5


def by_rates(m, kappa=1e6):
    guess = theory.optimum_momentum(m / kappa, 1)
    rates = theory.rate(guess.eta, guess.gamma, [1 / kappa, 1])
    return np.log(rates.max()) / np.log(theory.lower_bound(kappa))


def inverse(m):
    return 1 / slowdown(m)


def small_s(m):
    return 1 / (2 * m**0.5)


def complex_everywhere(m):
    return min(m, 1 / m) ** 0.5


def steep_only(m):
    return m**0.5


def small_m(m):
    return slowdown(m) if m >= 1 else m


# 8.5: a two-step factor 1 + a s + b s^2, where it reaches -1, and the whole answer.
def two_steps(a, line="B", gamma=8**0.5 - 2):
    reaches = (-a - (a**2 - 8) ** 0.5) / 2 if a**2 > 8 else 2.0
    return line, a, 1, reaches, gamma


CELLS = best_cells()
GAMMA_MENDED = float(theory.critical_gamma(0.25, 0.004))
HASTY = two_steps(-2.99)
LIMIT = float(theory.stability_limit(0.9, 4))
MENDED = (LIMIT, GAMMA_MENDED)

RIGHT = {
    "8.1": peak_and_after(theory.lower_bound(25)),
    "8.2": (*CELLS, 40),
    "8.3": by_rates,
    "8.4": ("B", "A", "C", "D", *MENDED),
    "8.5": HASTY,
    "8.6": (140, 7, 149, 0.105, 0.40, 2 * (25 / 9) / 4 - 1),
}
SLIPS = {
    "8.1": {
        "squared": peak_and_after(2 / 3, power=2),
        "estimate": (2.5, 5 / np.e, 6),
        "flat_direction": peak_and_after(2 / 3, sign=1),
        "gamma_for_beta": peak_and_after(4 / 9),
        "counted_from_one": (3, 1.926, 7),
        "last_above": (2, 1.926, 5),
    },
    "8.2": {
        "swapped": (*CELLS[1::-1], *CELLS[:1:-1], 40),
        "twenty_steps": (*best_cell(20), *best_cell(20), 40),
        "flat_only": (*best_cells((1, 0)), 160),
        "steep_only": (*best_cells((0, 1)), 160),
        "more_is_nearer": (*CELLS, 160),
    },
    "8.3": {
        "inverse": inverse,
        "small_s": small_s,
        "complex_everywhere": complex_everywhere,
        "steep_only": steep_only,
        "small_m": small_m,
    },
    "8.4": {
        "peak_is_no_divergence": ("A", "A", "C", "D", *MENDED),
        "gamma_the_wrong_way": ("B", "A", "D", "C", *MENDED),
        "s_for_eta": ("B", "A", "C", "D", 4 * LIMIT, GAMMA_MENDED),
        "no_momentum": ("B", "A", "C", "D", 2 / 4, GAMMA_MENDED),
        "edge_of_oscillation": ("B", "A", "C", "D", (1 + 0.9**0.5) ** 2 / 4, GAMMA_MENDED),
        "gamma_of_the_optimum": (
            *("B", "A", "C", "D", LIMIT),
            float(theory.optimum_momentum(0.004, 4).gamma),
        ),
    },
    "8.5": {
        "memory": two_steps(-2.99, line="D"),
        "velocity_forgotten": two_steps(-2),
        "velocity_backwards": two_steps(-2 + 0.99),
        "larger_root": (*HASTY[:3], (2.99 + (2.99**2 - 8) ** 0.5) / 2, HASTY[4]),
        "no_restart": (*HASTY[:3], float(theory.stability_limit(0.99)), HASTY[4]),
        "back_to_one": (*HASTY[:3], 2.99, HASTY[4]),
        "two_left_over": two_steps(-2.99, gamma=8**0.5),
    },
    "8.6": {
        "coarse": (15, 7, 16, 0.105, 0.40, 0.389),
        "one_segment": (40, 1, 60, 0.105, 0.41, 0.389),
        "half": (79, 4, 95, 0.105, 0.40, 0.389),
        "edges": (140, 14, 149, 0.105, 0.40, 0.389),
        "last_that_fails": (140, 7, 149, 0.106, 0.40, 0.389),
        "two_overlooked": (140, 7, 149, 0.105, 0.41, 0.389),
        "one_start": (140, 7, 149, 0.105, 0.43, 0.389),
        "smallest_gamma": (140, 7, 149, 0.105, 0.39, 0.389),
        "off_the_grid": (140, 7, 149, 0.105, 0.40, 0.39),
    },
}
UNKNOWN = {
    "8.1": (4, 3.0, 9),
    "8.2": (0.66, 0.485, 0.61, 0.43, 80),
    "8.3": np.log1p,
    "8.4": ("C", "A", "B", "D", 0.8, 0.99),
    "8.5": ("C", -1.99, 2, 1.5, 0.5),
    "8.6": (120, 5, 130, 0.108, 0.38, 0.5),
}
