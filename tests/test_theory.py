"""The formulas against eigenvalues, simulated runs and independently computed numbers."""

import itertools

import numpy as np
import pytest
import torch

import d2lzh_pytorch as d2l
from d2lzh_pytorch import mean_loss, theory

RNG = np.random.default_rng(0)


def random_settings(n=4000):
    return RNG.uniform(0, 3, n), RNG.uniform(0, 0.999, n), RNG.uniform(0.01, 2, n)


def spectral_radius(matrices):
    return np.abs(np.linalg.eigvals(matrices)).max(axis=1)


def test_rate_is_the_spectral_radius():
    eta, gamma, curvature = random_settings()
    s = eta * curvature
    R = np.array([[gamma, s], [-gamma, 1 - s]]).transpose(2, 0, 1)
    np.testing.assert_allclose(theory.rate(eta, gamma, curvature), spectral_radius(R), atol=1e-6)


def test_rate_nesterov_is_the_spectral_radius():
    """State (x_t, x_{t-1}) of x_{t+1} = (1 - s)(x_t + gamma (x_t - x_{t-1}))."""
    eta, gamma, curvature = random_settings()
    left = 1 - eta * curvature
    N = np.array([[left * (1 + gamma), -left * gamma], [np.ones_like(left), np.zeros_like(left)]])
    expected = spectral_radius(N.transpose(2, 0, 1))
    np.testing.assert_allclose(theory.rate_nesterov(eta, gamma, curvature), expected, atol=1e-6)


def test_regimes_are_those_of_the_eigenvalues():
    eta, gamma, curvature = random_settings()
    s = eta * curvature
    roots = np.linalg.eigvals(np.array([[gamma, s], [-gamma, 1 - s]]).transpose(2, 0, 1))
    stable = np.abs(roots).max(axis=1) < 1
    turning = np.abs(roots.imag).max(axis=1) > 0
    negative = roots.real.max(axis=1) < 0
    expected = np.select(
        [~stable, turning, negative], ["diverging", "oscillating", "alternating"], "monotone"
    )
    assert set(expected) == {"diverging", "oscillating", "alternating", "monotone"}
    assert (theory.regime(eta, gamma, curvature) == expected).all()


# s on a border, and on both sides of it, at gamma 0.25 (borders 0.25, 2.25, 2.5) and 0 (1, 1, 2).
BORDERS = [
    (0.25, 0.25, "monotone", "critical", "oscillating"),
    (2.25, 0.25, "oscillating", "critical", "alternating"),
    (2.5, 0.25, "alternating", "marginal", "diverging"),
    (0.0, 0.25, "diverging", "marginal", "monotone"),
    (1.0, 0.0, "monotone", "critical", "alternating"),
    (2.0, 0.0, "alternating", "marginal", "diverging"),
    (0.0, 0.0, "diverging", "marginal", "monotone"),
]


@pytest.mark.parametrize(("s", "gamma", "below", "at", "above"), BORDERS)
def test_regimes_on_the_borders(s, gamma, below, at, above):
    near = np.array([s - 1e-6, s, s + 1e-6])
    assert theory.regime(near, gamma, 1).tolist() == [below, at, above]
    # However eta and curvature are split.
    assert theory.regime(near / 4, gamma, 4).tolist() == [below, at, above]
    # Rounding does not leave the border: so wide it is, and not a fiftieth more.
    width = 1e-12 * (2 + 2 * gamma) if at == "marginal" else 1e-9
    inner = [s - 0.98 * width, s + 0.98 * width]
    outer = [s - 1.02 * width, s + 1.02 * width]
    assert theory.regime(inner, gamma, 1).tolist() == [at, at]
    assert theory.regime(outer, gamma, 1).tolist() == [below, above]


@pytest.mark.parametrize("gamma", [0, 0.5, 0.9])
def test_stability_limits(gamma):
    for limit, rate in (
        (theory.stability_limit(gamma, 4), theory.rate),
        (theory.stability_limit_nesterov(gamma, 4), theory.rate_nesterov),
    ):
        assert rate(limit, gamma, 4) == pytest.approx(1)
        assert rate(0.999 * limit, gamma, 4) < 1 < rate(1.001 * limit, gamma, 4)


def test_stability_limits_are_of_curvature_one_unless_it_is_given():
    assert theory.stability_limit([0, 0.5]).tolist() == [2, 3]
    assert theory.stability_limit_nesterov([0, 0.5]).tolist() == [2, 1.5]


def test_published_rates():
    rates = [theory.rate(eta, gamma, [0.2, 4]) for eta, gamma in ((0.4, 0), (0.6, 0), (0.4, 0.5))]
    expected = [[0.92, 0.6], [0.88, 1.4], [0.774031, 0.707107]]
    np.testing.assert_allclose(rates, expected, atol=5e-7)


def test_optima():
    gd, momentum = theory.optimum_gd(0.2, 4), theory.optimum_momentum(0.2, 4)
    np.testing.assert_allclose(gd, (0.476190, 0, 0.904762), atol=5e-7)
    np.testing.assert_allclose(momentum, (0.667907, 0.402605, 0.634512), atol=5e-7)
    assert theory.lower_bound(20) == pytest.approx(momentum.rate)
    nesterov = theory.optimum_nesterov(0.2, 4)
    np.testing.assert_allclose(nesterov, (0.327869, 0.592263, 0.743926), atol=5e-7)
    # No setting near the optimum is faster.
    etas, gammas = np.meshgrid(np.linspace(0.01, 0.99, 400), np.linspace(0, 0.99, 400))
    worst = np.maximum(theory.rate(etas, gammas, 0.2), theory.rate(etas, gammas, 4))
    assert worst.min() >= momentum.rate - 1e-9
    assert worst.min() == pytest.approx(momentum.rate, abs=5e-3)
    worst = np.maximum(*(theory.rate_nesterov(etas, gammas, c) for c in (0.2, 4)))
    assert worst.min() >= nesterov.rate - 1e-9
    assert worst.min() == pytest.approx(nesterov.rate, abs=5e-3)


def test_critical_damping_is_the_border_between_monotone_and_oscillating():
    s = np.array([0.04, 0.3, 0.9])
    gamma = theory.critical_gamma(s, 1)
    np.testing.assert_allclose(theory.rate(s, gamma, 1), 1 - np.sqrt(s), atol=1e-6)
    assert (theory.regime(s, gamma * 0.99, 1) == "monotone").all()
    assert (theory.regime(s, gamma * 1.01, 1) == "oscillating").all()


def test_steps_of_a_simulated_run():
    def gradient_descent(x1, x2, s1, s2):
        return x1 * (1 - 0.2 / 2.1), x2 * (1 - 4 / 2.1), s1, s2

    points = np.array(d2l.trace_2d(gradient_descent, steps=200).points)
    size = np.hypot(*points.T)
    measured = np.flatnonzero(size > 1e-6 * size[0])[-1] + 1
    assert measured == np.ceil(theory.steps_to(1e-6, theory.optimum_gd(0.2, 4).rate)) == 139


@pytest.mark.parametrize(("eta", "gamma"), [(0.1, 0), (0.1, 0.9), (0.8, 0.5)])
def test_noise_floor_of_a_simulated_run(eta, gamma):
    x, v, curvature, sd = np.zeros(20_000), np.zeros(20_000), 1.5, 2.0
    for _ in range(400):
        v = gamma * v + eta * (curvature * x + sd * RNG.standard_normal(len(x)))
        x = x - v
    measured = curvature * np.mean(x**2) / 2
    assert measured == pytest.approx(theory.noise_floor(eta, gamma, curvature, sd**2), rel=0.05)
    assert theory.noise_floor(eta, gamma, 100.0, 1.0) == np.inf


def test_no_noise_floor_where_nothing_settles():
    """At eta = 0 the run stays where it starts; on the limit it walks off at random."""
    assert theory.noise_floor(0, 0.5, 1.0, 1.0) == np.inf
    assert theory.noise_floor(3.0, 0.5, 1.0, 1.0) == np.inf
    assert theory.noise_floor([1e-9, 2.999999], 0.5, 1.0, 1.0).max() < np.inf


# lr, momentum, after two epochs, in the long run, noise floor: computed independently.
EXPECTED = [
    (0.02, 0.5, 0.24516, 0.24501, 0.24496),
    (0.02, 0.9, 0.25938, 0.25938, 0.25802),
    (0.004, 0.9, 0.24511, 0.24499, 0.24494),
]


@pytest.mark.parametrize(("lr", "momentum", "soon", "late", "floor"), EXPECTED)
def test_the_airfoil_problem(lr, momentum, soon, late, floor, data):
    losses = mean_loss(*data, lr, momentum, steps=3000)
    assert losses[300] == pytest.approx(soon, abs=6e-6)
    assert losses[-1] == pytest.approx(late, abs=6e-6)
    X = np.column_stack([data[0].double(), np.ones(1500)])
    y = data[1].double().numpy()
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    curvatures, directions = np.linalg.eigh(X.T @ X / 1500)
    e = X @ best - y
    noise = ((X @ directions) ** 2 * e[:, None] ** 2).mean(axis=0) / 10
    settled = 0.241688 + theory.noise_floor(lr, momentum, curvatures, noise).sum()
    assert settled == pytest.approx(floor, abs=1e-5)


def test_mean_loss_of_simulated_runs(data):
    """4,000 runs that draw with replacement: every recorded point within 4 standard errors."""
    X = np.column_stack([data[0].double(), np.ones(1500)])
    y = data[1].double().numpy()
    H, c = X.T @ X / 1500, X.T @ y / 1500
    w = np.zeros((4000, 6))
    w[:, :5] = RNG.normal(0, 0.01, (4000, 5))
    v, expected = np.zeros_like(w), mean_loss(*data, 0.02, 0.9, steps=60)
    for t in range(1, 61):
        rows = RNG.integers(0, 1500, (4000, 10))
        error = np.einsum("rbf,rf->rb", X[rows], w) - y[rows]
        v = 0.9 * v + 0.02 * np.einsum("rbf,rb->rf", X[rows], error) / 10
        w = w - v
        if t % 10 == 0:
            loss = np.einsum("rf,fg,rg->r", w, H, w) / 2 - w @ c + np.mean(y**2) / 2
            assert abs(loss.mean() - expected[t]) < 4 * loss.std() / np.sqrt(4000)


def loss_of_every_draw(X, y, lr, momentum, batch_size, steps, sd):
    """Mean loss before the first step and after each: all possible runs, equally likely.

    The loss is quadratic in the first weights, so that +-sd stands for any draw of that spread.
    """
    n, d = X.shape
    A = np.column_stack([X, np.ones(n)])
    w = np.array([[*signs, 0.0] for signs in itertools.product((-sd, sd), repeat=d)])
    v = np.zeros_like(w)
    losses = [np.mean((w @ A.T - y) ** 2) / 2]
    for _ in range(steps):
        after = []
        for rows in map(list, itertools.product(range(n), repeat=batch_size)):
            gradient = (w @ A[rows].T - y[rows]) @ A[rows] / batch_size
            after.append(momentum * v + lr * gradient)
        w = np.concatenate([w - stepped for stepped in after])
        v = np.concatenate(after)
        losses.append(np.mean((w @ A.T - y) ** 2) / 2)
    return losses


@pytest.mark.parametrize(("batch_size", "steps"), [(1, 5), (2, 3), (3, 2)])
@pytest.mark.parametrize("sd", [0.0, 0.7])
def test_mean_loss_of_every_possible_run(batch_size, steps, sd):
    X = np.array([[1.0, -0.5], [0.3, 2.0], [-1.2, 0.7], [0.4, 0.1]])
    y = np.array([1.0, -2.0, 0.5, 3.0])
    expected = loss_of_every_draw(X, y, 0.3, 0.8, batch_size, steps, sd)
    given = (torch.from_numpy(X), torch.from_numpy(y), 0.3, 0.8, batch_size, steps)
    np.testing.assert_allclose(mean_loss(*given, initial_sd=sd), expected, rtol=1e-12)


@pytest.mark.parametrize(("options", "sd"), [({}, 0.01), ({"initial_sd": 0.3}, 0.3)])
def test_mean_loss_before_the_first_step(options, sd, data):
    """The loss at 0, and half of what each weight's variance adds; b is 0."""
    X, y = (t.double().numpy() for t in data)
    expected = np.mean(y**2) / 2 + sd**2 * np.mean(X**2, axis=0).sum() / 2
    losses = mean_loss(*data, 0.02, 0.5, steps=0, **options)
    assert losses.shape == (1,)
    assert losses[0] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("lr", [0.06, 0.1, 0.2])
def test_mean_loss_stays_settled(lr, data):
    """Large steps and a long run: the moments stay moments, and the mean stays where it is."""
    late = mean_loss(*data, lr, 0.9, steps=3000)[-1500:]
    assert late.min() > 0.241688
    assert np.ptp(late) < 1e-6 * late.mean()


def test_everything_broadcasts():
    eta, gamma = np.linspace(0.1, 1, 4)[:, None], np.linspace(0, 0.9, 3)
    for function in (theory.rate, theory.rate_nesterov, theory.regime):
        assert function(eta, gamma, 2.0).shape == (4, 3)
    assert theory.noise_floor(eta, gamma, 2.0, 1.0).shape == (4, 3)
    assert theory.optimum_momentum(0.2, np.array([1.0, 4.0])).rate.shape == (2,)
