"""Answers to the exercises of chapter 11."""

from math import comb

import numpy as np

STEPS = 60


def book(x, v, g, eta, gamma):
    v = gamma * v + eta * g
    return x - v, v


def pytorch(x, u, g, eta, gamma):
    u = gamma * u + g
    return x - eta * u, u


def path(form, etas, gammas, gradient, x=1.0, velocity=0.0):
    points = [x]
    for eta, gamma in zip(etas, gammas, strict=True):
        x, velocity = form(x, velocity, gradient(x), eta, gamma)
        points.append(x)
    return np.array(points)


def slope(x):
    return x


def constant(x):
    return 1.0


# 11.1: the warm-up


def warm_up(form, velocity=0.0):
    etas = [*np.linspace(0.01, 0.1, 10), *[0.1] * 40]
    return -path(form, etas, [0.9] * 50, constant, 0.0, velocity)


def lengths(step, old=0.0):
    """Lengths of one step in both forms; ``old`` is the book's velocity at first."""
    both = (warm_up(book, old), warm_up(pytorch, 10 * old))
    return [points[step] - points[step - 1] for points in both]


FIRST = [int(np.flatnonzero(np.diff(warm_up(form)) >= 0.9)[0]) + 1 for form in (book, pytorch)]

# 11.2: StepLR


def halved(ratio):
    """Return the end of PyTorch's form, the velocity rescaled by ``ratio(old, new)``."""
    x, u, eta = 1.0, 0.0, 0.1
    for step in range(1, STEPS + 1):
        x, u = pytorch(x, u, x, eta, 0.9)
        new = eta / 2 if step % 10 == 0 else eta
        u *= ratio(eta, new)
        eta = new
    return x


def not_at_all(old, new):
    return 1


def rescaled(old, new):
    return old / new


def upside_down(old, new):
    return new / old


def from_the_first(old, new):
    return 0.1 / new


def at_rest(form):
    return path(form, [0.1] * 10 + [0] * 50, [0.9] * STEPS, slope)[STEPS]


GIVEN, MENDED, STILL = halved(not_at_all), halved(rescaled), at_rest(book)

# 11.3: where the roots of (11.3) are equal, and where p(sqrt(gamma)) = 0, both at s = 0.1


def equal_roots(left):
    """Roots gamma of left (1 + gamma)^2 = 4 gamma, the smaller one first."""
    return np.sort(np.roots([left, 2 * left - 4, left]))


CRITICAL, OTHER_ROOT = equal_roots(0.9)
FACTOR = (1 + CRITICAL) * 0.9 / 2
EDGE = np.roots([0.9, -1.9, 0.9]).min()

# 11.4: final losses of seeds 0 to 4, as fit_pytorch_ch7 gave them

HEAVY = np.array([0.2631737, 0.2606533, 0.2554838, 0.2472892, 0.2848570])
NESTEROV = np.array([0.2638207, 0.2612118, 0.2557415, 0.2484805, 0.2790567])
GAP = NESTEROV - HEAVY
MEAN, SPREAD = GAP.mean(), GAP.std(ddof=1)
ERROR = SPREAD / 5**0.5
UNPAIRED = ((HEAVY.var(ddof=1) + NESTEROV.var(ddof=1)) / 5) ** 0.5
CHANCE = 2 * (comb(5, 4) + 1) / 2**5

# 11.5: Adam on the turned bowl


def adam_with(moments, angle=np.radians, follows=True):
    """A function of degrees and steps; ``moments(m, h, g, t)`` says what is kept and used."""

    def adam_bowl(degrees, steps):
        c, s = np.cos(angle(degrees)), np.sin(angle(degrees))
        turn = np.array([[c, -s], [s, c]])
        bowl = turn @ np.diag([0.2, 4]) @ turn.T
        x = np.array([-5.0, -2.0])
        x = turn @ x if follows else x
        m = h = np.zeros(2)
        for t in range(1, steps + 1):
            m, h, first, second = moments(m, h, bowl @ x, t)
            x = x - 0.4 * first / (np.sqrt(second) + 1e-8)
        return 0.5 * x @ bowl @ x

    return adam_bowl


def averages(m, h, g):
    return 0.9 * m + 0.1 * g, 0.999 * h + 0.001 * g**2


def corrected(m, h, g, t):
    m, h = averages(m, h, g)
    return m, h, m / (1 - 0.9**t), h / (1 - 0.999**t)


def uncorrected(m, h, g, t):
    m, h = averages(m, h, g)
    return m, h, m, h


def carried(m, h, g, t):
    *_, first, second = corrected(m, h, g, t)
    return first, second, first, second


def without_share(m, h, g, t):
    _, h, _, second = corrected(m, h, g, t)
    m = 0.9 * m + g
    return m, h, m / (1 - 0.9**t), second


def without_power(m, h, g, t):
    m, h = averages(m, h, g)
    return m, h, m / (1 - 0.9), h / (1 - 0.999)


def counted_late(m, h, g, t):
    m, h = averages(m, h, g)
    return m, h, m / (1 - 0.9 ** (t + 1)), h / (1 - 0.999 ** (t + 1))


# 11.6: gamma changed, and eta too

ONE_RATE, RATES = [0.1] * STEPS, [0.1] * 10 + [0.02] * 50
GAMMAS, LATE = [0.9] * 10 + [0.6] * 50, [0.9] * 11 + [0.6] * 49


def apart(etas, gammas):
    return path(book, etas, gammas, slope) - path(pytorch, etas, gammas, slope)


SAME = bool(np.abs(apart(ONE_RATE, GAMMAS)).max() < 1e-12)
BOTH = apart(RATES, GAMMAS)
FOR_M, ONCE = (1 - 0.6) / (1 - 0.9), 0.6 * 0.1 / 0.02

RIGHT = {
    "11.1": (*lengths(10), *FIRST),
    "11.2": (GIVEN, MENDED, STILL),
    "11.3": (CRITICAL, FACTOR, EDGE**2),
    "11.4": (MEAN, ERROR, CHANCE),
    "11.5": adam_with(corrected),
    "11.6": (SAME, BOTH[11], FOR_M, ONCE),
}
SLIPS = {
    "11.1": {
        "swapped": (*lengths(10)[::-1], *FIRST[::-1]),
        "one_step_late": (*lengths(11), *FIRST),
        "one_step_early": (*lengths(9), *FIRST),
        "counted_from_zero": (*lengths(10), *(step - 1 for step in FIRST)),
        "position": (warm_up(book)[10], warm_up(pytorch)[10], *FIRST),
        "steady_at_first": (*lengths(10, old=1.0), 1, 9),
    },
    "11.2": {
        "not_mended": (GIVEN, GIVEN, STILL),
        "upside_down": (GIVEN, halved(upside_down), STILL),
        "from_the_first_rate": (GIVEN, halved(from_the_first), STILL),
        "stands_still": (GIVEN, MENDED, at_rest(pytorch)),
        "swapped": (MENDED, GIVEN, STILL),
    },
    "11.3": {
        "heavy_ball": ((1 - 0.1**0.5) ** 2, FACTOR, EDGE**2),
        "other_root": (OTHER_ROOT, FACTOR, EDGE**2),
        "lost_a_factor": (equal_roots(0.9**2)[0], FACTOR, EDGE**2),
        "root_of_gamma": (CRITICAL, CRITICAL**0.5, EDGE**2),
        "not_squared": (CRITICAL, FACTOR, EDGE),
        "critical_again": (CRITICAL, FACTOR, CRITICAL),
    },
    "11.4": {
        "other_sign": (-MEAN, ERROR, CHANCE),
        "spread_not_error": (MEAN, SPREAD, CHANCE),
        "divided_by_n": (MEAN, GAP.std() / 5**0.5, CHANCE),
        "not_paired": (MEAN, UNPAIRED, CHANCE),
        "one_side": (MEAN, ERROR, CHANCE / 2),
        "exactly_four": (MEAN, ERROR, 2 * comb(5, 4) / 2**5),
        "exactly_four_one_side": (MEAN, ERROR, comb(5, 4) / 2**5),
        "ten_seeds": (-0.00079246, 0.00073989, CHANCE),
    },
    "11.5": {
        "no_correction": adam_with(uncorrected),
        "corrected_kept": adam_with(carried),
        "share_forgotten": adam_with(without_share),
        "power_forgotten": adam_with(without_power),
        "counted_late": adam_with(counted_late),
        "start_stays": adam_with(corrected, follows=False),
        "degrees_as_radians": adam_with(corrected, angle=float),
    },
    "11.6": {
        "thinks_gamma_too": (False, BOTH[11], FOR_M, ONCE),
        "other_sign": (SAME, -BOTH[11], FOR_M, ONCE),
        "old_gamma": (SAME, apart(RATES, LATE)[11], FOR_M, ONCE),
        "largest": (SAME, np.abs(BOTH).max(), FOR_M, ONCE),
        "upside_down": (SAME, BOTH[11], 1 / FOR_M, ONCE),
        "ratio_of_gammas": (SAME, BOTH[11], 0.6 / 0.9, ONCE),
        "ratio_of_gammas_back": (SAME, BOTH[11], 0.9 / 0.6, ONCE),
        "gamma_forgotten": (SAME, BOTH[11], FOR_M, 0.1 / 0.02),
        "with_the_old_gamma": (SAME, BOTH[11], FOR_M, 0.9 * 0.1 / 0.02),
        "rates_upside_down": (SAME, BOTH[11], FOR_M, 0.6 * 0.02 / 0.1),
    },
}
UNKNOWN = {
    "11.1": (0.1, 0.1, 10, 10),
    "11.2": (0.5, 0.6, 0.0),
    "11.3": (0.9, 0.9, 0.9),
    "11.4": (0.0, 0.01, 0.5),
    "11.5": max,
    "11.6": (True, 0.0, 1.0, 0.6),
}
