"""Answers to the exercises of chapter 7."""

import math

import numpy as np

from d2lzh_pytorch import theory

# 7.1: three curvatures
BEST = theory.optimum_momentum(0.2, 4)
GAMMA = float(BEST.gamma)


def middle(s):
    """The root with positive imaginary part."""
    half = (1 + GAMMA - s) / 2
    return half, math.sqrt(GAMMA - half**2)


REAL, IMAGINARY = middle(float(BEST.eta))
FACTOR = math.hypot(REAL, IMAGINARY)

# 7.2: five positions on record
X = (4, 3.6, 2.88, 1.944, 0.9072)
S = 1 - X[1] / X[0]
USED = (X[2] - (1 - S) * X[1]) / (X[1] - X[0])
MENDED = (1 - math.sqrt(S)) ** 2

# 7.3: two positive roots
LARGE, SMALL = sorted(np.roots([1, -1.46, 0.5]).tolist(), reverse=True)


# 7.4: the critical trajectory from any x_0, x_1
def by_recurrence(x0, x1, s, t):
    gamma = (1 - np.sqrt(s)) ** 2
    for _ in range(t):
        x0, x1 = x1, (1 + gamma - s) * x1 - gamma * x0
    return x0


def as_given(x0, x1, s, t):
    return x0 * (1 + s * t) * (1 - np.sqrt(s)) ** t


def from_rest(x0, x1, s, t):
    return x0 * (1 + np.sqrt(s) * t) * (1 - np.sqrt(s)) ** t


def undivided(x0, x1, s, t):
    return (x0 + (x1 - x0) * t) * (1 - np.sqrt(s)) ** t


def positive_root(x0, x1, s, t):
    root = abs(1 - np.sqrt(s))
    return (x0 + (x1 / root - x0) * t) * root**t


def one_late(x0, x1, s, t):
    return by_recurrence(x0, x1, s, t + 1)


def the_sum(x0, x1, s, t):
    return x0 + x1


# 7.5: the order of 64 learning rates
ENDS = np.array([0.2, 4.0])
TURN = np.array([[math.cos(math.pi / 6), 0.5], [-0.5, math.cos(math.pi / 6)]])  # rows q1, q2
START = np.array([-5.0, -2.0])
RISING = np.sort(1 / (2.1 - 1.9 * np.cos((2 * np.arange(64) + 1) * np.pi / 128)))
ZIGZAG = np.column_stack([RISING[:32], RISING[:31:-1]]).ravel()
HALVES = np.column_stack([RISING[:32], RISING[32:]]).ravel()
LEFT = 1 / math.cosh(64 * math.acosh(4.2 / 3.8))  # 1 / T_64(z_0)


def distances(etas, hessian, start):
    """Distances from the origin, of the start too."""
    x = start
    found = [math.hypot(*x)]
    for eta in etas:
        x = x - eta * (hessian @ x)
        found.append(math.hypot(*x))
    return np.array(found) / found[0]


def walked(etas):
    return distances(etas, TURN.T @ np.diag(ENDS) @ TURN, TURN.T @ START)


def ordered(logarithm, unit=1.0, zigzag=ZIGZAG):
    rising = unit * walked(RISING)[-1]
    peak = unit * walked(RISING[::-1]).max()
    end = unit * walked(zigzag)[-1]
    return tuple(map(logarithm, (LEFT, rising, peak, end)))


RIGHT_ORDER = ordered(math.log10)
UPRIGHT = math.log10(distances(RISING, np.diag(ENDS), START)[-1])


# 7.6: the best pair whose eta is limited
def best_pair(low, high, cap):
    eta = min(cap, 4 / (math.sqrt(low) + math.sqrt(high)) ** 2)
    factor = 1 - math.sqrt(eta * low)
    return eta, factor**2, factor


def slower(eta, gamma, low, high):
    return eta, gamma, float(theory.rate(eta, gamma, [low, high]).max())


def ignores_cap(low, high, cap):
    return theory.optimum_momentum(low, high)


def keeps_gamma(low, high, cap):
    best = theory.optimum_momentum(low, high)
    return slower(min(cap, best.eta), best.gamma, low, high)


def damps_steep(low, high, cap):
    eta = best_pair(low, high, cap)[0]
    return slower(eta, (1 - math.sqrt(eta * high)) ** 2, low, high)


def root_for_gamma(low, high, cap):
    eta, _, factor = best_pair(low, high, cap)
    return eta, factor, factor


def gamma_for_factor(low, high, cap):
    eta, gamma, _ = best_pair(low, high, cap)
    return eta, gamma, gamma


def no_momentum(low, high, cap):
    return slower(min(cap, 2 / (low + high)), 0, low, high)


def middle_of_range(low, high, cap):
    return slower(cap / 2, 0.5, low, high)


RIGHT = {
    "7.1": ("A", REAL, IMAGINARY, FACTOR),
    "7.2": (S, USED, "B", MENDED),
    "7.3": (0.04, SMALL),
    "7.4": by_recurrence,
    "7.5": RIGHT_ORDER,
    "7.6": best_pair,
}
SLIPS = {
    "7.1": {
        "real_part": ("A", REAL, IMAGINARY, REAL),
        "product": ("A", REAL, IMAGINARY, FACTOR**2),
        "curvature_for_s": ("A", *middle(1), FACTOR),
        "swapped": ("A", IMAGINARY, REAL, FACTOR),
        "other_root": ("A", REAL, -IMAGINARY, FACTOR),
        "changes": ("B", REAL, IMAGINARY, FACTOR),
    },
    "7.2": {
        "factor_for_s": (1 - S, USED, "B", MENDED),
        "sign": (S, (X[2] - (1 - S) * X[1]) / (X[0] - X[1]), "B", MENDED),
        "no_gradient": (S, (X[2] - X[1]) / (X[1] - X[0]), "B", MENDED),
        "no_crossing_yet": (S, USED, "A", MENDED),
        "root_for_gamma": (S, USED, "B", 1 - math.sqrt(S)),
        "no_square_root": (S, USED, "B", (1 - S) ** 2),
    },
    "7.3": {
        "sum": (LARGE + SMALL, SMALL),
        "other_end": ((1 + LARGE) * (1 + SMALL), SMALL),
        "larger_root": (0.04, LARGE),
        "first_step_from_rest": (0.04, 1 - 0.04),
        "zero": (0.04, 0),
        "root_of_gamma": (0.04, math.sqrt(0.5)),
    },
    "7.4": {
        "as_given": as_given,
        "from_rest": from_rest,
        "undivided": undivided,
        "positive_root": positive_root,
        "one_late": one_late,
    },
    "7.5": {
        "natural": ordered(math.log),
        "not_divided": ordered(math.log10, unit=math.hypot(*START)),
        "upright": (RIGHT_ORDER[0], UPRIGHT, *RIGHT_ORDER[2:]),
        "power_of_beta": (64 * math.log10(float(BEST.rate)), *RIGHT_ORDER[1:]),
        "end_for_peak": (
            *RIGHT_ORDER[:2],
            math.log10(walked(RISING[::-1])[-1]),
            RIGHT_ORDER[3],
        ),
        "halves": ordered(math.log10, zigzag=HALVES),
    },
    "7.6": {
        "ignores_cap": ignores_cap,
        "keeps_gamma": keeps_gamma,
        "damps_steep": damps_steep,
        "root_for_gamma": root_for_gamma,
        "gamma_for_factor": gamma_for_factor,
        "no_momentum": no_momentum,
    },
}
UNKNOWN = {
    "7.1": ("A", 0.1, 0.2, 0.3),
    "7.2": (0.3, 0.5, "D", 0.2),
    "7.3": (0.2, 0.3),
    "7.4": the_sum,
    "7.5": (-6.0, -6.0, 12.0, -3.0),
    "7.6": middle_of_range,
}
