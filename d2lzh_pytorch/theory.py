"""What theory says of momentum on a quadratic, one small function a fact.

Throughout, f(x) = curvature x^2 / 2 along an eigenvector and s = eta * curvature. All functions
broadcast over numpy arrays and compute in float64; they draw and print nothing. Sources: Polyak
(1964), doi 10.1016/0041-5553(64)90137-5; Nesterov (1983) and (2004), doi
10.1007/978-1-4419-8853-9; Goh (2017), doi 10.23915/distill.00006; Lessard, Recht and Packard
(2016), doi 10.1137/15M1009597.
"""

from typing import NamedTuple

import numpy as np


class Optimum(NamedTuple):
    """The settings with the smallest rate, and that rate per step."""

    eta: np.ndarray
    gamma: np.ndarray
    rate: np.ndarray


def rate(eta, gamma, curvature):
    """Asymptotic factor per step: the spectral radius of R = [[gamma, s], [-gamma, 1 - s]].

    sqrt(gamma) where the eigenvalues are complex, else (|1 + gamma - s| + sqrt((1 + gamma - s)^2
    - 4 gamma)) / 2. Below 1 the run converges. At a repeated root it holds only asymptotically.
    Polyak (1964); Goh (2017).
    """
    return _spectral_radius(1 + gamma - np.multiply(eta, curvature), np.asarray(gamma, float))


def rate_nesterov(eta, gamma, curvature):
    """Asymptotic factor per step of Nesterov's momentum as ``torch.optim.SGD`` writes it.

    The larger root in size of sigma^2 - (1 + gamma)(1 - s) sigma + gamma (1 - s) = 0. Nesterov
    (1983); Lessard, Recht and Packard (2016).
    """
    left = 1 - np.multiply(eta, curvature)
    return _spectral_radius((1 + np.asarray(gamma)) * left, gamma * left)


def regime(eta, gamma, curvature):
    """Name the motion of one direction, as an array of str.

    With s = eta * curvature: 'marginal' on the limit of stability (s = 0 or s = 2 + 2 gamma, to
    1e-12 of it), 'diverging' beyond; 'critical' on a border s = (1 -+ sqrt(gamma))^2 (to 1e-9),
    'monotone' below both, 'oscillating' between them (complex eigenvalues), 'alternating', with a
    change of sign at every step, above. Goh (2017).
    """
    s, gamma = np.broadcast_arrays(np.multiply(eta, curvature), np.asarray(gamma, float))
    low, high = (1 - np.sqrt(gamma)) ** 2, (1 + np.sqrt(gamma)) ** 2
    limit = 2 + 2 * gamma
    marginal = (s == 0) | (np.abs(s - limit) <= 1e-12 * limit)
    stable = (s > 0) & (s < limit)
    critical = np.minimum(np.abs(s - low), np.abs(s - high)) < 1e-9
    kinds = [marginal, ~stable, critical, s < low, s < high]
    names = ["marginal", "diverging", "critical", "monotone", "oscillating"]
    return np.select(kinds, names, default="alternating")


def stability_limit(gamma, curvature=1.0):
    """Largest stable learning rate, (2 + 2 gamma) / curvature. Polyak (1964)."""
    return (2 + 2 * np.asarray(gamma)) / curvature


def stability_limit_nesterov(gamma, curvature=1.0):
    """Return the same for Nesterov's momentum, 2 (1 + gamma) / ((1 + 2 gamma) curvature)."""
    gamma = np.asarray(gamma)
    return 2 * (1 + gamma) / ((1 + 2 * gamma) * curvature)


def critical_gamma(eta, curvature):
    """Critical damping, gamma = (1 - sqrt(s))^2, for 0 < s < 4: the rate is |1 - sqrt(s)|."""
    return (1 - np.sqrt(np.multiply(eta, curvature))) ** 2


def optimum_gd(lambda_min, lambda_max):
    """Best gradient descent: eta = 2 / (l + L), rate (kappa - 1) / (kappa + 1). Nesterov (2004)."""
    eta = 2 / np.add(lambda_min, lambda_max)
    return Optimum(eta, np.zeros_like(eta), np.subtract(lambda_max, lambda_min) * eta / 2)


def optimum_momentum(lambda_min, lambda_max):
    """Best momentum: eta = (2 / (sqrt(l) + sqrt(L)))^2, sqrt(gamma) = rate. Polyak (1964).

    The rate is (sqrt(kappa) - 1) / (sqrt(kappa) + 1).
    """
    low, high = np.sqrt(lambda_min), np.sqrt(lambda_max)
    best = (high - low) / (high + low)
    return Optimum((2 / (low + high)) ** 2, best**2, best)


def lower_bound(kappa):
    """Rate that no first-order method beats, (sqrt(k) - 1) / (sqrt(k) + 1). Nesterov (2004)."""
    return (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)


def steps_to(tolerance, rate):
    """Steps until rate^t <= tolerance, unrounded: log(tolerance) / log(rate), for rate < 1."""
    return np.log(tolerance) / np.log(rate)


def noise_floor(eta, gamma, curvature, noise_variance):
    """Expected f at which a run settles under additive gradient noise of that variance.

    E f = curvature Var x / 2 with Var x = eta sigma^2 (1 + gamma) / (curvature (1 - gamma)
    (2 (1 + gamma) - s)); about eta sigma^2 / (4 (1 - gamma)) for small s. Infinite where the
    setting is unstable. Directions add up.
    """
    s, gamma = np.multiply(eta, curvature), np.asarray(gamma, float)
    stable = (s > 0) & (s < 2 + 2 * gamma)
    room = np.where(stable, (1 - gamma) * (2 * (1 + gamma) - s), 1.0)
    return np.where(stable, np.multiply(eta, noise_variance) * (1 + gamma) / (2 * room), np.inf)


def _spectral_radius(trace, determinant):
    """Larger size of the roots of sigma^2 - trace sigma + determinant = 0."""
    inside = np.asarray(trace**2 - 4 * determinant)
    real = (np.abs(trace) + np.sqrt(np.maximum(inside, 0))) / 2
    return np.where(inside < 0, np.sqrt(np.maximum(determinant, 0)), real)
