"""The mean loss of reshuffled epochs: against every possible order, and against simulated runs."""

import itertools

import numpy as np
import pytest
import torch

import d2lzh_pytorch as d2l
from d2lzh_pytorch.reshuffling import reshuffled_moments

ALIKE = np.array([[1.0], [-1.0], [1.0], [-1.0], [1.0]])  # x x' is the same for all: additive noise
UNLIKE = np.array([[1.0, -0.5], [0.3, 2.0], [-1.2, 0.7], [0.4, 0.1], [0.9, 0.8]])
LABELS = np.array([1.0, -2.0, 0.5, 3.0, -0.7])


def every_order(X, y, w, lr, momentum, batch_size, epochs):
    """Mean and second moment of w - best at every step over all orders of all epochs."""
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    paths = []
    for orders in itertools.product(itertools.permutations(range(len(y))), repeat=epochs):
        d, v = w - best, np.zeros_like(w)
        path = [d]
        for order in orders:
            for first in range(0, len(y), batch_size):
                rows = list(order[first : first + batch_size])
                error = X[rows] @ (d + best) - y[rows]
                v = momentum * v + lr * error @ X[rows] / len(rows)
                d = d - v
                path.append(d)
        paths.append(path)
    paths = np.array(paths)
    return paths.mean(0), np.einsum("rti,rtj->tij", paths, paths) / len(paths)


def predicted(X, y, w, lr, momentum, batch_size, steps):
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    delta = w - best
    e = X @ best - y
    return reshuffled_moments(X, e, delta, np.outer(delta, delta), lr, momentum, batch_size, steps)


@pytest.mark.parametrize("batch_size", [1, 2, 3, 5, 7])
def test_exact_for_additive_noise(batch_size):
    """Two epochs; batches of 2 and 3 leave a smaller one."""
    n = 5 if batch_size > 1 else 4
    X, y, w = ALIKE[:n], LABELS[:n], np.array([2.0])
    means, seconds = every_order(X, y, w, 0.3, 0.8, batch_size, 2)
    mean, second = predicted(X, y, w, 0.3, 0.8, batch_size, len(means) - 1)
    np.testing.assert_allclose(mean, means, atol=1e-13)
    np.testing.assert_allclose(second, seconds, atol=1e-13)


@pytest.mark.parametrize(("batch_size", "steps"), [(1, 2), (2, 1), (5, 3)])
def test_exact_for_the_first_two_draws_of_any_data(batch_size, steps):
    """And for the whole batch, where nothing is drawn."""
    w = np.array([2.0, -1.0])
    epochs = 3 if batch_size == 5 else 1
    rows = slice(None) if batch_size < 5 else slice(2, 5)
    X, y = UNLIKE[rows], LABELS[rows]
    means, seconds = every_order(X, y, w, 0.3, 0.8, batch_size, epochs)
    mean, second = predicted(X, y, w, 0.3, 0.8, batch_size, steps)
    np.testing.assert_allclose(mean, means[: steps + 1], atol=1e-13)
    np.testing.assert_allclose(second, seconds[: steps + 1], atol=1e-13)


# lr, momentum, mean loss after two epochs of 1,000 runs that were simulated independently.
SIMULATED = [(0.02, 0.5, 0.24415), (0.02, 0.9, 0.25843), (0.004, 0.9, 0.24413)]


@pytest.mark.parametrize(("lr", "momentum", "expected"), SIMULATED)
def test_the_airfoil_problem(lr, momentum, expected, data):
    losses = d2l.mean_loss(*data, lr, momentum, replacement=False)
    assert losses.shape == (301,)
    assert losses[-1] == pytest.approx(expected, abs=1.2e-4)


@pytest.mark.parametrize(("lr", "momentum", "batch_size"), [(0.02, 0.5, 10), (0.04, 0.9, 100)])
def test_every_record_of_simulated_runs(lr, momentum, batch_size, data):
    """4,000 runs of the loop as one trains: within 4 standard errors."""
    runs = d2l.loss_curves(d2l.sweep_ch7([(lr, momentum)], range(4000), *data, batch_size))[0]
    steps = 3000 // batch_size
    exact = d2l.mean_loss(*data, lr, momentum, batch_size, steps, replacement=False)
    error = runs.std(0) / np.sqrt(4000)
    assert (np.abs(runs.mean(0) - exact[:: 100 // batch_size]) < 4 * error + 1e-9).all()


def test_a_smaller_last_batch(data):
    curves = d2l.loss_curves(d2l.sweep_ch7([(0.02, 0.9)], range(2000), *data, 400))
    exact = d2l.mean_loss(*data, 0.02, 0.9, 400, 8, replacement=False)
    error = curves[0].std(0) / np.sqrt(2000)
    assert (np.abs(curves[0].mean(0) - exact) < 4 * error + 1e-9).all()


def test_a_start_of_its_own(data):
    start = (torch.full((5, 1), 0.3), torch.tensor([-0.2]))
    X, y = (t.double() for t in data)
    expected = ((X @ start[0].double() + start[1] - y.reshape(-1, 1)) ** 2).mean().item() / 2
    for replacement in (True, False):
        loss = d2l.mean_loss(*data, 0.02, 0.5, steps=1, start=start, replacement=replacement)
        assert loss[0] == pytest.approx(expected, rel=1e-6)
    with pytest.raises(ValueError, match=r"start must be tensors \(w, b\)"):
        d2l.mean_loss(*data, 0.02, 0.5, start=(0, 0))


def test_divergence_is_no_error(data):
    losses = d2l.mean_loss(*data, 5.0, 0.9, 100, 60, replacement=False)
    assert losses.shape == (61,)
    assert not losses[-1] < 1e9
