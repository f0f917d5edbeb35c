"""What theory says of momentum on a quadratic, one small function a fact.

Throughout, f(x) = curvature x^2 / 2 along an eigenvector and s = eta * curvature. All functions
broadcast over numpy arrays and compute in float64; they draw and print nothing. Sources: Polyak
(1964), doi 10.1016/0041-5553(64)90137-5; Nesterov (1983) and (2004), doi
10.1007/978-1-4419-8853-9; Goh (2017), doi 10.23915/distill.00006; Lessard, Recht and Packard
(2016), doi 10.1137/15M1009597.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

MARGIN = 1e-12  # relative: how near to the limit of stability counts as on it
CRITICAL = 1e-9  # in s: how near to a double root counts as on it


class Optimum(NamedTuple):
    """The settings with the smallest rate, and that rate per step."""

    eta: Floats
    gamma: Floats
    rate: Floats


def rate(eta: ArrayLike, gamma: ArrayLike, curvature: ArrayLike) -> Floats:
    """Asymptotic factor per step: the spectral radius of R = [[gamma, s], [-gamma, 1 - s]].

    sqrt(gamma) where the eigenvalues are complex, else (|1 + gamma - s| + sqrt((1 + gamma - s)^2
    - 4 gamma)) / 2. Below 1 the run converges. It is the factor in the long run: the first steps
    may grow, and at a double root the error shrinks like t rate^t. Polyak (1964); Goh (2017).

    >>> rate(0.4, [0, 0.5], 0.2).round(6).tolist()
    [0.92, 0.774031]
    """
    gamma = _floats(gamma)
    return _spectral_radius(1 + gamma - np.multiply(eta, curvature), gamma)


def rate_nesterov(eta: ArrayLike, gamma: ArrayLike, curvature: ArrayLike) -> Floats:
    """Asymptotic factor per step of Nesterov's momentum as ``torch.optim.SGD`` writes it.

    The larger root in size of sigma^2 - (1 + gamma)(1 - s) sigma + gamma (1 - s) = 0. Nesterov
    (1983); Lessard, Recht and Packard (2016).

    >>> float(rate_nesterov(0.375, 0.5, 4))
    1.0
    """
    gamma = _floats(gamma)
    left = 1 - np.multiply(eta, curvature)
    return _spectral_radius((1 + gamma) * left, gamma * left)


def regime(eta: ArrayLike, gamma: ArrayLike, curvature: ArrayLike) -> NDArray[np.str_]:
    """Name the motion, as an array of str; Goh (2017).

    'marginal': on the limit of stability, s = 0 or s = 2 + 2 gamma, neither converging nor
    diverging; 'diverging': outside of it; 'critical': a double root, s = (1 -+ sqrt(gamma))^2;
    'oscillating': complex roots, between these two; 'monotone': positive roots, below them;
    'alternating': negative roots, above them, x changes sign at every step. gamma in [0, 1).

    >>> regime([0.1, 0.5, 0.74, 0.75, 0.8], 0.5, 4).tolist()
    ['oscillating', 'oscillating', 'alternating', 'marginal', 'diverging']
    """
    gamma = _floats(gamma)
    s = np.multiply(eta, curvature)
    limit = 2 + 2 * gamma
    lower = (1 - np.sqrt(gamma)) ** 2
    upper = (1 + np.sqrt(gamma)) ** 2
    return np.select(
        [
            np.minimum(np.abs(s), np.abs(s - limit)) <= MARGIN * limit,
            ~((s > 0) & (s < limit)),
            np.minimum(np.abs(s - lower), np.abs(s - upper)) < CRITICAL,
            s < lower,
            s < upper,
        ],
        ["marginal", "diverging", "critical", "monotone", "oscillating"],
        default="alternating",
    )


def stability_limit(gamma: ArrayLike, curvature: ArrayLike = 1.0) -> Floats:
    """Learning rate below which a run converges, (2 + 2 gamma) / curvature. Polyak (1964).

    At the limit itself it neither converges nor diverges.

    >>> float(stability_limit(0.5, 4))
    0.75
    """
    return (2 + 2 * _floats(gamma)) / _floats(curvature)


def stability_limit_nesterov(gamma: ArrayLike, curvature: ArrayLike = 1.0) -> Floats:
    """Return the same for Nesterov's momentum, 2 (1 + gamma) / ((1 + 2 gamma) curvature).

    Lessard, Recht and Packard (2016).

    >>> float(stability_limit_nesterov(0.5, 4))
    0.375
    """
    gamma = _floats(gamma)
    return 2 * (1 + gamma) / ((1 + 2 * gamma) * _floats(curvature))


def critical_gamma(eta: ArrayLike, curvature: ArrayLike) -> Floats:
    """Critical damping, gamma = (1 - sqrt(s))^2, for 0 < s < 4: the rate is |1 - sqrt(s)|.

    Polyak (1964).

    >>> float(critical_gamma(0.25, 1))
    0.25
    """
    return (1 - np.sqrt(np.multiply(eta, curvature))) ** 2


def optimum_gd(lambda_min: ArrayLike, lambda_max: ArrayLike) -> Optimum:
    """Best constant eta of gradient descent, 2 / (l + L); rate (kappa - 1) / (kappa + 1).

    Nesterov (2004).

    >>> [round(float(x), 6) for x in optimum_gd(0.2, 4)]
    [0.47619, 0.0, 0.904762]
    """
    low = _floats(lambda_min)
    high = _floats(lambda_max)
    eta = 2 / (low + high)
    return Optimum(eta, np.zeros_like(eta), (high - low) * eta / 2)


def optimum_momentum(lambda_min: ArrayLike, lambda_max: ArrayLike) -> Optimum:
    """Best constant momentum: eta = (2 / (sqrt(l) + sqrt(L)))^2, sqrt(gamma) = rate.

    The rate is (sqrt(kappa) - 1) / (sqrt(kappa) + 1). Polyak (1964).

    >>> [round(float(x), 6) for x in optimum_momentum(0.2, 4)]
    [0.667907, 0.402605, 0.634512]
    """
    low = np.sqrt(lambda_min)
    high = np.sqrt(lambda_max)
    best = (high - low) / (high + low)
    return Optimum((2 / (low + high)) ** 2, best**2, best)


def optimum_nesterov(lambda_min: ArrayLike, lambda_max: ArrayLike) -> Optimum:
    """Best constant Nesterov momentum: eta = 4 / (3 L + l), with r = sqrt(3 kappa + 1).

    gamma = (r - 2) / (r + 2), rate 1 - 2 / r. Lessard, Recht and Packard (2016).

    >>> [round(float(x), 6) for x in optimum_nesterov(0.2, 4)]
    [0.327869, 0.592263, 0.743926]
    """
    low = _floats(lambda_min)
    high = _floats(lambda_max)
    root = np.sqrt(3 * high / low + 1)
    return Optimum(4 / (3 * high + low), (root - 2) / (root + 2), 1 - 2 / root)


def lower_bound(kappa: ArrayLike) -> Floats:
    """Rate that no first-order method beats, (sqrt(k) - 1) / (sqrt(k) + 1). Nesterov (2004).

    In the worst case over quadratics of condition number k in as many dimensions as it takes,
    for methods whose steps are linear combinations of the gradients seen so far.

    >>> round(float(lower_bound(20)), 6)
    0.634512
    """
    root = np.sqrt(kappa)
    return (root - 1) / (root + 1)


def steps_to(tolerance: ArrayLike, rate: ArrayLike) -> Floats:
    """Steps until rate^t <= tolerance, unrounded: log(tolerance) / log(rate), for rate < 1.

    >>> round(float(steps_to(1e-6, 0.5)), 3)
    19.932
    """
    return np.log(tolerance) / np.log(rate)


def noise_floor(
    eta: ArrayLike, gamma: ArrayLike, curvature: ArrayLike, noise_variance: ArrayLike
) -> Floats:
    """Expected f at which a run settles under additive gradient noise of that variance.

    E f = curvature Var x / 2 with Var x = eta sigma^2 (1 + gamma) / (curvature (1 - gamma)
    (2 (1 + gamma) - s)); about eta sigma^2 / (4 (1 - gamma)) for small s. Infinite where nothing
    settles: at eta = 0, on the limit of stability and beyond. Directions add up. Mandt, Hoffman
    and Blei (2017), arXiv 1704.04289, have the small-step case.

    >>> round(float(noise_floor(0.1, 0.5, 1.0, 1.0)), 4)
    0.0517
    """
    gamma = _floats(gamma)
    s = np.multiply(eta, curvature)
    stable = (s > 0) & (s < 2 + 2 * gamma)
    room = np.where(stable, (1 - gamma) * (2 * (1 + gamma) - s), 1.0)
    return np.where(stable, np.multiply(eta, noise_variance) * (1 + gamma) / (2 * room), np.inf)


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, float)


def _spectral_radius(trace: Floats, determinant: Floats) -> Floats:
    """Larger size of the roots of sigma^2 - trace sigma + determinant = 0."""
    inside = np.asarray(trace**2 - 4 * determinant)
    real = (np.abs(trace) + np.sqrt(np.maximum(inside, 0))) / 2
    return np.where(inside < 0, np.sqrt(np.maximum(determinant, 0)), real)
