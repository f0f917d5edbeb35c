"""Answers to the exercises of chapter 3."""

import math

import numpy as np


def lag(gamma):
    return gamma / (1 - gamma)


GAMMA = 99 / 101


def smoothed(x, gamma, start=0.0, old=None, new=None):
    """The recursion; old and new are its two coefficients, if not gamma and 1 - gamma."""
    y = start
    found = []
    for number in x:
        y = (gamma if old is None else old) * y + (1 - gamma if new is None else new) * number
        found.append(y)
    return np.array(found)


def sums(x, gamma, late=0):
    """The sums of the weights, each taken so many steps too late."""
    return 1 - gamma ** (np.arange(1, len(x) + 1) + late)


def debiased(x, gamma):
    return smoothed(x, gamma) / sums(x, gamma)


def from_x1(x, gamma):
    return smoothed(x, gamma, start=x[0])


def from_x1_and_divided(x, gamma):
    return from_x1(x, gamma) / sums(x, gamma)


def too_early(x, gamma):
    with np.errstate(divide="ignore"):
        return smoothed(x, gamma) / sums(x, gamma, late=-1)


def too_late(x, gamma):
    return smoothed(x, gamma) / sums(x, gamma, late=1)


def last_divisor(x, gamma):
    return smoothed(x, gamma) / sums(x, gamma)[-1]


def without_factor(x, gamma):
    return smoothed(x, gamma, new=1) / sums(x, gamma)


def by_one_minus_gamma(x, gamma):
    return smoothed(x, gamma) / (1 - gamma)


def swapped_weights(x, gamma):
    return smoothed(x, gamma, old=1 - gamma, new=gamma) / sums(x, gamma)


def fed_back(x, gamma):
    y = 0.0
    found = []
    for number, total in zip(x, sums(x, gamma), strict=True):
        y = (gamma * y + (1 - gamma) * number) / total
        found.append(y)
    return np.array(found)


def plain_averages(x, gamma):
    return np.cumsum(x) / np.arange(1, len(x) + 1)


def thirds(*averages):
    return tuple(average([1.0, 2.0, 3.0], 0.5)[2] for average in averages)


def weight_of_first(average):
    """The average is linear: what 1, 0, 0, ... leaves after ten steps."""
    return average([1.0] + [0.0] * 9, 0.9)[9]


THIRDS = thirds(from_x1, debiased)
WEIGHTS = (weight_of_first(from_x1), weight_of_first(debiased))
OWN_SHARE = weight_of_first(smoothed)
PEAK = int(np.argmax(fed_back(np.ones(300), 0.9)))


def share(t):
    """The coefficient of the old average: its sum of weights, faded, over the new sum."""
    return 0.9 * (1 - 0.9 ** (t - 1)) / (1 - 0.9**t)


def shares(coefficient):
    return coefficient(2), coefficient(10)


def share_of_the_new(t):
    return 1 - share(t)


def share_late(t):
    return share(t + 1)


def share_plain(t):
    return (t - 1) / t


def share_of_the_code(t):
    return 0.9 / (1 - 0.9**t)


def ratio(r, gamma=0.9):
    return (1 - gamma) / (1 + gamma) * (1 + r * gamma) / (1 - r * gamma)


def r_for(wanted, gamma=0.9):
    times = wanted * (1 + gamma) / (1 - gamma)
    return (times - 1) / (times + 1) / gamma


RATIOS = (ratio(0.5), ratio(-0.5))
QUARTER = r_for(1 / 4)

GAMMAS = np.arange(50, 99) / 100
SIGNAL = np.sin(2 * np.pi * np.arange(300) / 150)


def noises(scale=0.5, seeds=20):
    drawn = [np.random.default_rng(k).normal(scale=scale, size=300) for k in range(seeds)]
    return np.array(drawn)


def debiased_all(x, gamma):
    """For x of shape (seeds, 300) and one gamma or several: shape (gammas, seeds, 300)."""
    gamma = np.reshape(gamma, (-1, 1))
    found = np.moveaxis(smoothed(x.T, gamma), 0, -1)
    return found / (1 - gamma[..., None] ** np.arange(1, 301))


def error(x, wanted, first=50):
    return np.mean((debiased_all(np.atleast_2d(x), 0.9) - wanted)[..., first:] ** 2)


def best(noise, against_the_data=False):
    x = SIGNAL + noise
    left = debiased_all(x, GAMMAS) - (x if against_the_data else SIGNAL)
    return GAMMAS[np.argmin(np.mean(left[..., 50:] ** 2, axis=(1, 2)))]


LATE = error(SIGNAL, SIGNAL)
LEFT = error(noises(), 0)
BEST = (best(noises()), best(noises(scale=1.0)))

RIGHT = {
    "3.1": (GAMMA, lag(GAMMA), 100, 99 / 2),
    "3.2": debiased,
    "3.3": (*THIRDS, *WEIGHTS),
    "3.4": ("C", PEAK + 1, *shares(share)),
    "3.5": (*RATIOS, QUARTER),
    "3.6": (LATE, LEFT, *BEST),
}
SLIPS = {
    "3.1": {
        "variance": (9 / 11, lag(9 / 11), 10, 9 / 2),
        "as_many_numbers": (0.99, lag(0.99), 100, 99 / 2),
        "rounded": (0.98, lag(0.98), 100, 99 / 2),
        "lag_is_n": (GAMMA, 1 / (1 - GAMMA), 100, 99 / 2),
        "m_of_the_deviation": (GAMMA, lag(GAMMA), 10, 9 / 2),
        "lag_of_the_oldest": (GAMMA, lag(GAMMA), 100, 99),
        "half_of_m": (GAMMA, lag(GAMMA), 100, 100 / 2),
    },
    "3.2": {
        "not_divided": smoothed,
        "start_at_x1": from_x1,
        "start_at_x1_and_divided": from_x1_and_divided,
        "divisor_too_early": too_early,
        "divisor_too_late": too_late,
        "last_divisor": last_divisor,
        "factor_forgotten": without_factor,
        "one_minus_gamma": by_one_minus_gamma,
        "fed_back": fed_back,
        "weights_swapped": swapped_weights,
    },
    "3.3": {
        "swapped": (*reversed(THIRDS), *WEIGHTS),
        "the_same": (THIRDS[0], THIRDS[0], WEIGHTS[0], WEIGHTS[0]),
        "not_corrected": (*thirds(from_x1, smoothed), *WEIGHTS),
        "own_share_forgotten": (*THIRDS, 0.9**10, WEIGHTS[1]),
        "start_forgotten": (*THIRDS, OWN_SHARE, WEIGHTS[1]),
        "weight_not_divided": (*THIRDS, WEIGHTS[0], OWN_SHARE),
        "age_is_t": (*THIRDS, WEIGHTS[0], 0.1 * 0.9**10 / (1 - 0.9**10)),
    },
    "3.4": {
        "start": ("A", PEAK + 1, *shares(share)),
        "divisor_of_the_step_before": ("b", PEAK + 1, *shares(share)),
        "constant_divisor": ("D", PEAK + 1, *shares(share)),
        "counted_from_zero": ("C", PEAK, *shares(share)),
        "the_last_step": ("C", 300, *shares(share)),
        "value_for_its_step": ("C", fed_back(np.ones(300), 0.9)[PEAK], *shares(share)),
        "always_gamma": ("C", PEAK + 1, 0.9, 0.9),
        "plain_average": ("C", PEAK + 1, *shares(share_plain)),
        "share_of_the_new": ("C", PEAK + 1, *shares(share_of_the_new)),
        "one_step_late": ("C", PEAK + 1, *shares(share_late)),
        "factor_of_the_code": ("C", PEAK + 1, *shares(share_of_the_code)),
    },
    "3.5": {
        "as_if_independent": (ratio(0), ratio(0), QUARTER),
        "swapped": (*reversed(RATIOS), QUARTER),
        "variance_itself": (RATIOS[0] / (1 - 0.5**2), RATIOS[1] / (1 - 0.5**2), QUARTER),
        "deviations": (math.sqrt(RATIOS[0]), math.sqrt(RATIOS[1]), r_for(1 / 16)),
        "upside_down": (1 / RATIOS[0], 1 / RATIOS[1], QUARTER),
        "a_quarter_of_the_deviation": (*RATIOS, r_for(1 / 16)),
        "only_the_ratios": (*RATIOS, 0.9),
    },
    "3.6": {
        "swapped": (LEFT, LATE, *BEST),
        "roots": (math.sqrt(LATE), math.sqrt(LEFT), *BEST),
        "both_together": (error(SIGNAL + noises(), SIGNAL), LEFT, *BEST),
        "start_kept": (error(SIGNAL, SIGNAL, first=0), error(noises(), 0, first=0), *BEST),
        "a_step_too_late": (0.0740752, LEFT, *BEST),
        "one_unit_of_noise": (LATE, error(noises(scale=1.0), 0), *BEST),
        "against_the_data": (LATE, LEFT, best(noises(), against_the_data=True), 0.5),
        "one_seed": (LATE, LEFT, 0.78, 0.85),
        "variance_doubled": (LATE, LEFT, BEST[0], best(noises(scale=math.sqrt(0.5)))),
        "unchanged": (LATE, LEFT, BEST[0], BEST[0]),
        "gammas_swapped": (LATE, LEFT, *reversed(BEST)),
    },
}
UNKNOWN = {
    "3.1": (0.95, 20, 50, 25),
    "3.2": plain_averages,
    "3.3": (2, 3, 0.5, 0.1),
    "3.4": ("C", 7, 0.7, 0.8),
    "3.5": (0.3, 0.1, 0.4),
    "3.6": (0.1, 0.03, 0.7, 0.95),
}
