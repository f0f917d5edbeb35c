"""Many runs at once give what the loops give one by one."""

import numpy as np
import pytest
import torch
from conftest import sgd_momentum

import d2lzh_pytorch as d2l
from d2lzh_pytorch.sweep import sweep_2d, sweep_ch7


def endpoint(eta, gamma, steps, curvatures=(0.2, 4.0), start=(-5.0, -2.0)):
    def step(x1, x2, v1, v2):
        v1 = gamma * v1 + eta * curvatures[0] * x1
        v2 = gamma * v2 + eta * curvatures[1] * x2
        return x1 - v1, x2 - v2, v1, v2

    return d2l.trace_2d(step, steps=steps, start=start).points[-1]


def test_published_endpoints():
    ends = sweep_2d([0.4, 0.6, 0.4, 0.6], [0, 0, 0.5, 0.5])
    assert [f"{x1:f} {x2:f}" for x1, x2 in ends.tolist()] == [
        "-0.943467 -0.000073",
        "-0.387814 -1673.365109",
        "-0.062843 0.001202",
        "0.007188 0.002553",
    ]


@pytest.mark.parametrize("steps", [1, 20, 100])
def test_endpoints_are_those_of_the_loop(steps):
    eta, gamma = torch.linspace(0.05, 1, 9).double(), torch.linspace(0, 0.95, 7).double()
    ends = sweep_2d(eta[:, None], gamma, steps=steps)
    assert (ends.shape, ends.dtype) == ((9, 7, 2), torch.float64)
    for i, j in np.ndindex(9, 7):
        expected = endpoint(eta[i].item(), gamma[j].item(), steps)
        np.testing.assert_allclose(ends[i, j], expected, rtol=1e-12, atol=1e-12)


def test_grid_larger_than_a_chunk(monkeypatch):
    eta = torch.linspace(0.05, 0.9, 300).double()
    whole = sweep_2d(eta, 0.5)
    monkeypatch.setattr("d2lzh_pytorch.sweep.CHUNK", 7)
    assert torch.equal(sweep_2d(eta, 0.5), whole)


def test_any_diagonal_quadratic():
    ends = sweep_2d(0.3, 0.6, curvatures=(1.0, 2.0, 0.5), start=(1.0, 2.0, 3.0), steps=10)
    pair = endpoint(0.3, 0.6, 10, (1.0, 2.0), (1.0, 2.0))
    np.testing.assert_allclose(ends[:2], pair, atol=1e-12)
    assert ends.shape == (3,)
    with pytest.raises(ValueError, match="one entry per direction, got 2 and 3"):
        sweep_2d(0.3, 0.6, start=(1, 2, 3))
    with pytest.raises(ValueError, match="steps must be at least 1, got 0"):
        sweep_2d(0.3, 0.6, steps=0)


@pytest.mark.parametrize("batch_size", [10, 7, 1500])
def test_curves_are_those_of_the_loop(batch_size, data):
    settings, seeds = [(0.02, 0.5), (0.004, 0.9)], [3, 11]
    table = sweep_ch7(settings, seeds, *data, batch_size)
    for (lr, momentum), seed in ((s, seed) for s in settings for seed in seeds):
        states = (torch.zeros(5, 1, dtype=torch.float64), torch.zeros(1, dtype=torch.float64))
        setting = {"lr": lr, "momentum": momentum}
        run = d2l.fit_ch7(sgd_momentum, states, setting, *data, batch_size, seed=seed)
        rows = table[(table.lr == lr) & (table.momentum == momentum) & (table.seed == seed)]
        np.testing.assert_allclose(rows.loss, run.loss, atol=1e-5)
        np.testing.assert_allclose(rows.epoch, run.epoch, atol=1e-12)
    assert not table.diverged.any()


def test_means_over_seeds(data):
    """Reshuffled epochs over many seeds, computed independently: mean loss after two epochs."""
    settings = [(0.02, 0.5), (0.02, 0.9), (0.004, 0.9)]
    table = sweep_ch7(settings, range(1000), *data)
    last = table[table.epoch == 2].groupby(["lr", "momentum"]).loss
    for setting, expected in zip(settings, (0.24415, 0.25843, 0.24413), strict=True):
        error = last.std()[setting] / np.sqrt(1000)
        assert abs(last.mean()[setting] - expected) < 4 * error


def test_diverging_settings_are_marked_not_dropped(data):
    table = sweep_ch7([(0.02, 0.5), (5.0, 0.9)], [0, 1], *data)
    assert table.groupby("lr").size().to_dict() == {0.02: 62, 5.0: 62}
    assert table.groupby("lr").diverged.all().to_dict() == {0.02: False, 5.0: True}
    lost = table[table.lr == 5.0]
    assert (lost[lost.epoch == 2].loss == np.inf).all()
    assert np.isfinite(lost[lost.epoch == 0].loss).all()


def test_columns_and_untouched_random_state(data):
    torch.manual_seed(1)
    before = torch.get_rng_state()
    table = sweep_ch7([(0.02, 0.5)], [4], *data, num_epochs=1)
    assert list(table.columns) == ["lr", "momentum", "seed", "epoch", "loss", "diverged"]
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"batch_size": 0}, "batch_size must be between 1 and 1500, got 0"),
        ({"num_epochs": 0}, "num_epochs must be at least 1, got 0"),
        ({"seeds": [-1]}, "seed must be between 0"),
    ],
)
def test_bad_arguments(change, message, data):
    arguments = {"settings": [(0.02, 0.5)], "seeds": [0], "features": data[0], "labels": data[1]}
    with pytest.raises(ValueError, match=message):
        sweep_ch7(**{**arguments, **change})
