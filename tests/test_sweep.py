"""Many runs at once give what the loops give one by one."""

import numpy as np
import pytest
import torch
from optimizers import sgd_momentum

import d2lzh_pytorch as d2l


def endpoint(eta, gamma, steps, curvatures=(0.2, 4.0), start=(-5.0, -2.0)):
    def step(x1, x2, v1, v2):
        v1 = gamma * v1 + eta * curvatures[0] * x1
        v2 = gamma * v2 + eta * curvatures[1] * x2
        return x1 - v1, x2 - v2, v1, v2

    return d2l.trace_2d(step, steps=steps, start=start).points[-1]


def test_published_endpoints():
    ends = d2l.sweep_2d([0.4, 0.6, 0.4, 0.6], [0, 0, 0.5, 0.5])
    assert [f"{x1:f} {x2:f}" for x1, x2 in ends.tolist()] == [
        "-0.943467 -0.000073",
        "-0.387814 -1673.365109",
        "-0.062843 0.001202",
        "0.007188 0.002553",
    ]


@pytest.mark.parametrize("steps", [1, 20, 100])
def test_endpoints_are_those_of_the_loop(steps):
    eta, gamma = torch.linspace(0.05, 1, 9).double(), torch.linspace(0, 0.95, 7).double()
    ends = d2l.sweep_2d(eta[:, None], gamma, steps=steps)
    assert (ends.shape, ends.dtype) == ((9, 7, 2), torch.float64)
    for i, j in np.ndindex(9, 7):
        expected = endpoint(eta[i].item(), gamma[j].item(), steps)
        np.testing.assert_allclose(ends[i, j], expected, rtol=1e-12, atol=1e-12)


def test_grid_larger_than_a_chunk(monkeypatch):
    eta = torch.linspace(0.05, 0.9, 300).double()
    whole = d2l.sweep_2d(eta, 0.5)
    monkeypatch.setattr("d2lzh_pytorch.sweep.CHUNK", 7)
    assert torch.equal(d2l.sweep_2d(eta, 0.5), whole)


def test_any_diagonal_quadratic():
    ends = d2l.sweep_2d(0.3, 0.6, curvatures=(1.0, 2.0, 0.5), start=(1.0, 2.0, 3.0), steps=10)
    pair = endpoint(0.3, 0.6, 10, (1.0, 2.0), (1.0, 2.0))
    np.testing.assert_allclose(ends[:2], pair, atol=1e-12)
    assert ends.shape == (3,)


@pytest.mark.parametrize("batch_size", [10, 7, 1500])
def test_curves_are_those_of_the_loop(batch_size, data):
    settings, seeds = [(0.02, 0.5), (0.004, 0.9)], [3, 11]
    table = d2l.sweep_ch7(settings, seeds, *data, batch_size)
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
    table = d2l.sweep_ch7(settings, range(1000), *data)
    last = table[table.epoch == 2].groupby(["lr", "momentum"]).loss
    for setting, expected in zip(settings, (0.24415, 0.25843, 0.24413), strict=True):
        error = last.std()[setting] / np.sqrt(1000)
        assert abs(last.mean()[setting] - expected) < 4 * error


def test_diverging_settings_are_marked_not_dropped(data):
    table = d2l.sweep_ch7([(0.02, 0.5), (5.0, 0.9)], [0, 1], *data)
    assert table.groupby("lr").size().to_dict() == {0.02: 62, 5.0: 62}
    assert table.groupby("lr").diverged.all().to_dict() == {0.02: False, 5.0: True}
    lost = table[table.lr == 5.0]
    assert (lost[lost.epoch == 2].loss == np.inf).all()
    assert np.isfinite(lost[lost.epoch == 0].loss).all()


def test_columns_and_untouched_random_state(data):
    torch.manual_seed(1)
    before = torch.get_rng_state()
    table = d2l.sweep_ch7([(0.02, 0.5)], [4], *data, num_epochs=1)
    assert list(table.columns) == ["lr", "momentum", "seed", "epoch", "loss", "diverged"]
    assert torch.equal(torch.get_rng_state(), before)


def test_a_bar_tells_how_far_a_long_sweep_is_and_goes_away(data, capsys, monkeypatch):
    d2l.sweep_2d([0.4, 0.6], 0.5)
    d2l.sweep_ch7([(0.02, 0.5)], [4], *data)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("d2lzh_pytorch.sweep.DELAY", 0)
    d2l.sweep_2d([0.4, 0.6], 0.5)
    d2l.sweep_ch7([(0.02, 0.5)], [4], *data)
    out, err = capsys.readouterr()
    assert out == ""
    assert "| 0/1 [" in err
    assert "| 0/300 [" in err
    assert all(not line.rpartition("\r")[2].strip() for line in err.split("\n"))


def test_a_sweep_runs_on_the_device_that_is_asked_for(data):
    """On "meta" all is computed but numbers: only the table, which needs them, fails there."""
    with pytest.raises(NotImplementedError, match="meta tensor"):
        d2l.sweep_ch7([(0.02, 0.5)], [4], *data, device="meta")
    assert d2l.sweep_2d([0.4, 0.6], 0.5, device="meta").device.type == "meta"


def test_loss_curves(data):
    """One curve a setting and seed, in the order in which they were given."""
    settings = [(0.02, 0.5), (0.004, 0.9), (0.02, 0.9)]
    table = d2l.sweep_ch7(settings, [7, 3], *data)
    curves = d2l.loss_curves(table)
    assert curves.shape == (3, 2, 31)
    for i, (lr, momentum) in enumerate(settings):
        for j, seed in enumerate((7, 3)):
            rows = table[(table.lr == lr) & (table.momentum == momentum) & (table.seed == seed)]
            assert curves[i, j].tolist() == rows.loss.tolist()


@pytest.mark.parametrize("linear", [False, True])
def test_a_drawn_run_is_the_one_that_is_trained(linear, data):
    """Its weights are those before the first step; its orders decide the batches."""
    drawn = d2l.draw_run(5, 1500, 5, 1, linear=linear)
    assert [tuple(t.shape) for t in drawn] == [(5, 1), (1,), (1, 1500)]
    assert drawn.w.dtype == drawn.b.dtype == torch.float64
    assert sorted(drawn.orders[0].tolist()) == list(range(1500))
    seen = []

    def still(params, states, hyperparams):
        seen.append([p.detach().clone() for p in params])
        seen.append(params[1].grad.item())
        params[1].data += 1e-3

    start = None if not linear else (drawn.w, drawn.b)
    d2l.fit_ch7(still, None, None, *data, seed=5, num_epochs=1, start=start)
    torch.testing.assert_close(seen[0][0], drawn.w.float())
    torch.testing.assert_close(seen[0][1], drawn.b.float())
    X, y = (t.double()[drawn.orders[0, :10]] for t in data)
    gradient = (X @ drawn.w + drawn.b - y.reshape(-1, 1)).mean().item()
    assert seen[1] == pytest.approx(gradient, rel=1e-5)


def test_a_drawn_run_of_the_concise_loop(data):
    """lr = 0: what is left at the end is what was drawn."""
    run = d2l.fit_pytorch_ch7(torch.optim.SGD, {"lr": 0.0}, *data, seed=5, num_epochs=1)
    drawn = d2l.draw_run(5, 1500, 5, 1, linear=True)
    assert torch.equal(run.w, drawn.w.float())
    assert torch.equal(run.b, drawn.b.float())
    assert drawn.w.abs().max() <= 5**-0.5
    assert drawn.w.abs().max() > 0.05
    assert torch.equal(drawn.orders, d2l.draw_run(5, 1500, 5, 1).orders)
