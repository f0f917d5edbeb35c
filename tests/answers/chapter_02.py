"""Answers to the exercises of chapter 2."""

import cmath
import math

import numpy as np

GAMMAS = np.arange(20) / 20
CURVATURES = np.array([[0.2], [4]])


def runs(gammas, *, damped=False):
    """1000 steps at eta = 0.4, of shape (1001, 2, gammas); damped multiplies by 1 - gamma."""
    x = np.array([[-5.0], [-2.0]]) + 0 * gammas
    v = 0 * x
    found = [x]
    for _ in range(1000):
        v = gammas * v + 0.4 * CURVATURES * x * (1 - gammas if damped else 1)
        x = x - v
        found.append(x)
    return np.array(found)


def far(points):
    distances = np.hypot(points[:, 0], points[:, 1])
    return distances > 1e-6 * distances[0]


def last_far(is_far):
    return len(is_far) - 1 - np.argmax(is_far[::-1], axis=0)


def best_of(counts):
    best = np.argmin(counts)
    return float(GAMMAS[best]), int(counts[best]), int(counts[-1])


POINTS = runs(GAMMAS)
ONE_DIRECTION = np.stack([POINTS[:, 0], 0 * POINTS[:, 0]], axis=1)


def read_off(curvature=4, velocity=1):
    """Read eta and gamma, and both bounds, from the record of x2."""
    start, first, second = -2, 3.6, -4.8
    s = 1 - first / start
    gamma = (second - first + s * first) / (first - start) * velocity
    return s / curvature, gamma, (2 + 2 * gamma) / curvature, s / 2 - 1


def negative(s, limit=0.25):
    """The third answer is the larger modulus of the roots at gamma = -0.5 and this s."""
    return limit, s, float(np.abs(np.roots([1, -(0.5 - s), -0.5])).max())


def ordered(eta, gamma, update_first=False, flat_is_new=True, steep_is_new=True):
    """Move and update in either order; each gradient at the new place or at the old one."""

    def step(x1, x2, v1, v2):
        new1, new2 = (x1, x2) if update_first else (x1 - v1, x2 - v2)
        v1 = gamma * v1 + eta * 0.2 * (new1 if flat_is_new else x1)
        v2 = gamma * v2 + eta * 4 * (new2 if steep_is_new else x2)
        return (x1 - v1, x2 - v2, v1, v2) if update_first else (new1, new2, v1, v2)

    return step


def mended_2d(eta, gamma):
    return ordered(eta, gamma)


def careless_2d(eta, gamma):
    return ordered(eta, gamma, flat_is_new=False, steep_is_new=False)


def momentum_2d(eta, gamma):
    return ordered(eta, gamma, update_first=True)


def half_mended_flat(eta, gamma):
    return ordered(eta, gamma, steep_is_new=False)


def half_mended_steep(eta, gamma):
    return ordered(eta, gamma, flat_is_new=False)


def without_gradient(eta, gamma):
    return ordered(0 * eta, gamma)


C = 0.4 / math.sqrt(0.4)


def ball(t, c=C):
    """Where the ball is that starts from rest at -5, by the formula of the damped oscillation."""
    turning = cmath.sqrt(0.2 - c**2 / 4)
    share = cmath.cos(turning * t) + c / 2 / turning * cmath.sin(turning * t)
    return (-5 * cmath.exp(-c * t / 2) * share).real


def gap(eta, gamma, steps):
    x, v, found = -5.0, 0.0, 0.0
    for n in range(1, steps + 1):
        v = gamma * v + eta * 0.2 * x
        x = x - v
        found = max(found, abs(x - ball(n * math.sqrt(eta))))
    return found


PLACE = ball(5 * math.sqrt(0.4))
COARSE = gap(0.4, 0.6, 20)
FINE = gap(0.1, 1 - C * math.sqrt(0.1), 40)

RIGHT = {
    "2.1": best_of(last_far(far(POINTS)) + 1),
    "2.2": read_off(),
    "2.3": (0.66, 0.41),
    "2.4": negative(0.5),
    "2.5": mended_2d,
    "2.6": (C, PLACE, COARSE / FINE),
}
SLIPS = {
    "2.1": {
        "off_by_one": best_of(last_far(far(POINTS))),
        "first_time": best_of(np.argmin(far(POINTS), axis=0)),
        "one_minus_gamma": best_of(last_far(far(runs(GAMMAS, damped=True))) + 1),
        "one_direction": best_of(last_far(far(ONE_DIRECTION)) + 1),
        "another_grid": (0.514, 50, 538),
    },
    "2.2": {
        "coefficient": read_off(curvature=2),
        "s_for_eta": read_off(curvature=1),
        "s_for_its_bound": (0.7, 0.3, 2 + 2 * 0.3, 0.4),
        "sign_of_velocity": read_off(velocity=-1),
        "sign_in_the_limit": (0.7, 0.3, (2 - 2 * 0.3) / 4, 0.4),
        "limit_of_descent": (0.7, 0.3, 2 / 4, 0.4),
    },
    "2.3": {
        "diverging": (0.99, 0.31),
        "better_direction": (0.25, 0),
        "swapped": (0.41, 0.66),
        "coarse_grid": (0.6, 0.45),
        "rounded": (0.67, 0.4),
        "of_the_text": (0.6, 0.5),
        "no_momentum": (0.48, 0),
    },
    "2.4": {
        "sign_of_gamma": negative(0.5, limit=(2 + 2 * 0.5) / 4),
        "limit_in_s": negative(0.5, limit=2 - 2 * 0.5),
        "s_of_descent": negative(1),
        "eta_for_s": (0.25, 0.5 / 4, math.sqrt(0.5)),
        "no_root": (0.25, 0.5, 0.5),
    },
    "2.5": {
        "unchanged": careless_2d,
        "order_of_the_text": momentum_2d,
        "only_flat": half_mended_flat,
        "only_steep": half_mended_steep,
    },
    "2.6": {
        "no_square_root": (1 - 0.6, ball(5 * math.sqrt(0.4), c=1 - 0.6), 2.05),
        "eta_for_its_root": ((1 - 0.6) / 0.4, ball(5 * math.sqrt(0.4), c=1), 2.05),
        "gamma_for_friction": (0.6 / math.sqrt(0.4), -3.0, 2.05),
        "friction_that_pushes": (C, ball(5 * math.sqrt(0.4), c=-C), COARSE / FINE),
        "time_in_steps": (C, ball(5), COARSE / FINE),
        "gamma_kept": (C, PLACE, COARSE / gap(0.1, 0.6, 40)),
        "upside_down": (C, PLACE, FINE / COARSE),
        "as_eta": (C, PLACE, 4),
    },
}
UNKNOWN = {
    "2.1": (0.6, 55, 538),
    "2.2": (0.7, 0.5, 0.75, 0.4),
    "2.3": (0.5, 0.4),
    "2.4": (0.3, 0.4, 0.6),
    "2.5": without_gradient,
    "2.6": (0.7, -2.6, 3),
}
