"""Answers to the exercises of chapter 4."""

import numpy as np

CURVATURES = np.array([0.2, 4])


def walk(eta, gamma, steps, correction=None, kept=False):
    """The bowl from (-5, -2); the velocity, times what ``correction`` gives for t, moves."""
    x = np.array([-5.0, -2.0])
    v = 0 * x
    for t in range(1, steps + 1):
        v = gamma * v + eta * CURVATURES * x
        move = v if correction is None else v * correction(gamma, t)
        v = move if kept else v
        x = x - move
    return tuple(x.tolist())


def variance(eta, gamma):
    """What noise_variance gives at curvature 1, by its closed form."""
    return eta * (1 + gamma) / ((1 - gamma) * (2 + 2 * gamma - eta))


def in_new_settings(eta, steps=20):
    return (eta, variance(eta, 0.9), *walk(eta, 0.9, steps))


def in_turn(k, gamma, steps, kept=None, weight=1.0):
    """Speeds under k gradients of each sign in turn, in units of eta g."""
    v, found = 0.0, []
    for t in range(steps):
        sign = 1 if t // k % 2 == 0 else -1
        v = (gamma if kept is None else kept) * v + weight * sign
        found.append(abs(v))
    return found


def two_and_two(steps=400, k=2, factor=1.0):
    """The larger and the smaller of the last two speeds, for both gammas."""
    found = []
    for gamma in (0.5, 0.9):
        scale = {"average": 1 - gamma, "amplified": 1 / (1 - gamma)}.get(factor, 1.0)
        last = in_turn(k, gamma, steps, weight=scale)[-2:]
        found += sorted(last, reverse=True)
    return tuple(found)


def sign_lost():
    found = []
    for gamma in (0.5, 0.9):
        found += [(1 + gamma) / (1 - gamma**2), (1 - gamma) / (1 - gamma**2)]
    return tuple(found)


def by_power(gamma, t):
    return 1 / (1 - gamma**t)


def by_next_power(gamma, t):
    return 1 / (1 - gamma ** (t + 1))


def by_limit(gamma, t):
    return 1 / (1 - gamma)


def times_power(gamma, t):
    return 1 - gamma**t


def of_average(gamma, t):
    return (1 - gamma) / (1 - gamma**t)


def corrected(eta, gamma, steps):
    return walk(eta, gamma, steps, by_power)


def uncorrected(eta, gamma, steps):
    return walk(eta, gamma, steps)


def stored_back(eta, gamma, steps):
    return walk(eta, gamma, steps, by_power, kept=True)


def one_step_late(eta, gamma, steps):
    return walk(eta, gamma, steps, by_next_power)


def settled_at_once(eta, gamma, steps):
    return walk(eta, gamma, steps, by_limit)


def multiplied(eta, gamma, steps):
    return walk(eta, gamma, steps, times_power)


def average(eta, gamma, steps):
    return walk(eta, gamma, steps, of_average)


def moves_first(eta, gamma, steps):
    x = np.array([-5.0, -2.0])
    v = 0 * x
    for t in range(1, steps + 1):
        gradient = CURVATURES * x
        x = x - v / (1 - gamma**t)
        v = gamma * v + eta * gradient
    return tuple(x.tolist())


def one_step_short(eta, gamma, steps):
    return walk(eta, gamma, steps - 1, by_power)


def t_from_zero(eta, gamma, steps):
    x = np.array([-5.0, -2.0])
    v = 0 * x
    with np.errstate(divide="ignore", invalid="ignore"):
        for t in range(steps):
            v = gamma * v + eta * CURVATURES * x
            x = x - v / (1 - gamma**t)
    return tuple(x.tolist())


def descent_at_the_effective_rate(eta, gamma, steps):
    return walk(eta / (1 - gamma), 0.0, steps)


def halved(inside, first=11):
    """Lists of x1 and of what was gone at each step; eta is halved from step ``first`` on."""
    x, v = -5.0, 0.0
    places, moves = [x], [0.0]
    for t in range(1, 21):
        eta = 0.4 if t < first else 0.2
        v = 0.5 * v + (eta if inside else 1) * 0.2 * x
        moves.append(v if inside else eta * v)
        x = x - moves[-1]
        places.append(x)
    return places, moves


def five(first=11):
    """Exercise 4.5: the old and the new part, the move of the second, and both ends."""
    places, moves = halved(inside=True, first=first)
    others, other_moves = halved(inside=False, first=first)
    old = 0.5 * moves[10]
    return old, moves[11] - old, other_moves[11], places[20], others[20]


def smallest(speed_of, k_max=60):
    return next(k for k in range(1, k_max) if speed_of(k) >= 9)


def settled(k):
    return max(in_turn(k, 0.9, 40 * k)[-2 * k :])


def from_rest(k):
    return max(in_turn(k, 0.9, 40 * k))


def turned(k, gamma):
    """The first step after a turn at which the velocity has the new sign, counted."""
    v = (1 - gamma**k) / (1 - gamma) / (1 + gamma**k)
    v, j = -v, 0
    while v <= 0:
        v = gamma * v + 1
        j += 1
    return j


OLD, NEW, SECOND, END, OTHER_END = five()
PLACES, MOVES = halved(inside=True)
PEAK = settled(10)
K = smallest(settled)
STEP = turned(K, 0.9)
LATE_STEP = turned(1000, 0.99)

RIGHT = {
    "4.1": in_new_settings(0.4 * (1 - 0.9) / (1 - 0.5)),
    "4.2": ("B", "A", "C", 0.02 / (1 - 0.9), 0.02 * (1 - 0.9)),
    "4.3": two_and_two(),
    "4.4": corrected,
    "4.5": (OLD, NEW, SECOND, END, OTHER_END),
    "4.6": (PEAK, K, STEP, LATE_STEP),
}
SLIPS = {
    "4.1": {
        "old_settings": (0.08, variance(0.4, 0.5), *walk(0.4, 0.5, 20)),
        "one_step_early": in_new_settings(0.08, steps=19),
        "eta_kept": in_new_settings(0.4),
        "ratio_of_gammas": in_new_settings(0.4 * 0.9 / 0.5),
        "upside_down": in_new_settings(0.4 * 0.5 / 0.9),
        "multiplied": in_new_settings(0.4 * (1 - 0.5) / (1 - 0.9)),
    },
    "4.2": {
        "slow_and_noisy": ("B", "C", "A", 0.2, 0.002),
        "average_is_the_same": ("A", "B", "C", 0.2, 0.002),
        "twice_is_the_same": ("C", "A", "B", 0.2, 0.002),
        "etas_swapped": ("B", "A", "C", 0.02 * (1 - 0.9), 0.02 / (1 - 0.9)),
        "effective": ("B", "A", "C", 0.02, 0.02 / (1 - 0.9) ** 2),
        "by_gamma": ("B", "A", "C", 0.02 / 0.9, 0.02 * 0.9),
        "amplified_once_more": ("B", "A", "C", 0.2, 0.02 * (1 - 0.9) ** 2),
    },
    "4.3": {
        "not_settled": two_and_two(steps=40),
        "smaller_first": (0.4, 1.2, 0.0552, 1.05),
        "sign_lost": sign_lost(),
        "never_turns": two_and_two(k=1000),
        "turns_each_step": two_and_two(k=1),
        "amplified": two_and_two(factor="amplified"),
        "average": two_and_two(factor="average"),
    },
    "4.4": {
        "uncorrected": uncorrected,
        "stored_back": stored_back,
        "one_step_late": one_step_late,
        "settled_at_once": settled_at_once,
        "multiplied": multiplied,
        "average": average,
        "one_step_short": one_step_short,
        "t_from_zero": t_from_zero,
        "moves_first": moves_first,
    },
    "4.5": {
        "all_at_the_new": (OLD / 2, NEW, SECOND, OTHER_END, OTHER_END),
        "all_at_the_old": (OLD, 2 * NEW, SECOND, END, OTHER_END),
        "not_discounted": (MOVES[10], NEW, SECOND, END, OTHER_END),
        "next_place": (OLD, 0.2 * 0.2 * PLACES[11], SECOND, END, OTHER_END),
        "equal_as_before": (OLD, NEW, MOVES[11], END, END),
        "one_step_late": five(first=12),
        "swapped": (OLD, NEW, SECOND, OTHER_END, END),
        "sign": (-OLD, -NEW, -SECOND, END, OTHER_END),
    },
    "4.6": {
        "first_cycle": (from_rest(10), smallest(from_rest), STEP, LATE_STEP),
        "starts_at_rest": (PEAK, smallest(from_rest), STEP, LATE_STEP),
        "just_short": (PEAK, K - 1, STEP, LATE_STEP),
        "half_a_cycle": (settled(5), K, STEP, LATE_STEP),
        "whole_cycle": (PEAK, 2 * K, STEP, LATE_STEP),
        "steps_against": (PEAK, K, STEP - 1, LATE_STEP - 1),
        "memory": (PEAK, K, 1 / (1 - 0.9), 1 / (1 - 0.99)),
    },
}
UNKNOWN = {
    "4.1": (0.1, 0.5, 1, 1),
    "4.2": ("B", "A", "C", 0.1, 0.01),
    "4.3": (1.2, 0.4, 1, 0.1),
    "4.4": descent_at_the_effective_rate,
    "4.5": (-0.1, -0.03, -0.07, -0.2, -0.2),
    "4.6": (4.83, 30, 7, 69),
}
