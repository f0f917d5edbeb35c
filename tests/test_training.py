import itertools
import math
import re
import statistics
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from optimizers import sgd_momentum
from optimizers import zero_states as zeros

import d2lzh_pytorch as d2l

SETTING = {"lr": 0.02, "momentum": 0.5}
FLOOR = 0.241688  # least-squares minimum of the loss, computed independently


def scratch(data, setting=SETTING, **options):
    return d2l.fit_ch7(sgd_momentum, zeros(), setting, *data, **options)


def concise(data, setting=SETTING, **options):
    return d2l.fit_pytorch_ch7(torch.optim.SGD, setting, *data, **options)


def test_squared_loss_does_not_broadcast():
    y_hat, y = torch.tensor([[1.0], [2.0]]), torch.tensor([3.0, 5.0])
    assert d2l.squared_loss(y_hat, y).tolist() == [[2.0], [4.5]]
    with pytest.raises(
        ValueError,
        match=r"^y must hold as many values as y_hat, got \(3,\) against y_hat \(2, 1\); give",
    ):
        d2l.squared_loss(y_hat, torch.zeros(3))


def test_linreg():
    X, w = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0], [4.0]])
    assert d2l.linreg(X, w, torch.tensor([5.0])).tolist() == [[16.0]]


# (setting, mean, sd) of 40 runs of the published code.
PUBLISHED = [
    (scratch, {"lr": 0.02, "momentum": 0.5}, 0.2440, 0.0016),
    (scratch, {"lr": 0.02, "momentum": 0.9}, 0.2565, 0.0106),
    (scratch, {"lr": 0.004, "momentum": 0.9}, 0.2441, 0.0016),
    (concise, {"lr": 0.004, "momentum": 0.9}, 0.2447, 0.0017),
]


@pytest.mark.parametrize(("fit", "setting", "mean", "sd"), PUBLISHED)
def test_losses_agree_with_the_published_code(fit, setting, mean, sd, data):
    losses = [fit(data, setting, seed=seed).loss[-1] for seed in range(20)]
    assert min(losses) > FLOOR
    assert abs(statistics.mean(losses) - mean) < 4 * sd * math.sqrt(1 / 20 + 1 / 40)
    assert 0.5 * sd < statistics.stdev(losses) < 2 * sd


@pytest.mark.parametrize("fit", [scratch, concise])
def test_history(fit, data64):
    history = fit(data64, seed=3)
    np.testing.assert_allclose(history.epoch, np.arange(31) / 15, atol=1e-12)
    assert (history.w.shape, history.b.shape) == ((5, 1), (1,))
    assert history.diverged_at is None
    X, y = data64
    loss = ((X @ history.w + history.b - y.reshape(-1, 1)) ** 2).mean().item() / 2
    assert loss == pytest.approx(history.loss[-1], rel=1e-12)


@pytest.mark.parametrize("fit", [scratch, concise])
def test_the_dtype_of_the_features_is_computed_in(fit, data, data64):
    single = fit(data, seed=3)
    double = fit(data64, seed=3)
    assert single.w.dtype == single.b.dtype == torch.float32
    assert double.w.dtype == double.b.dtype == torch.float64
    # The same run, to the digits that float32 has.
    np.testing.assert_allclose(single.loss, double.loss, rtol=2e-5)
    assert max(abs(a - b) for a, b in zip(single.loss, double.loss, strict=True)) > 1e-9
    # The data are the same numbers in both.
    assert torch.equal(data64[0], data[0].double())
    assert torch.equal(data64[1], data[1].double())


@pytest.mark.parametrize(
    ("batch_size", "epochs", "records"), [(1500, 2, 3), (7, 1, 16), (64, 1, 16), (100, 2, 31)]
)
def test_records_every_hundred_examples_and_the_end(batch_size, epochs, records, data):
    history = scratch(data, batch_size=batch_size, num_epochs=epochs, seed=0)
    assert len(history.loss) == len(history.epoch) == records
    assert history.epoch[-1] == epochs


@pytest.mark.parametrize(
    ("n", "batch_size", "epochs", "seen"),
    [
        (130, 30, 3, [0, 120, 220, 320, 390]),  # after 30, 60, 90, 120, 130, 160, ..., 390
        (130, 13, 2, [0, 104, 208, 260]),
        (250, 240, 2, [0, 240, 490, 500]),  # one mini-batch completes several hundreds
        (40, 10, 2, [0, 80]),
    ],
)
def test_records_where_a_mini_batch_completes_a_hundred(n, batch_size, epochs, seen, data):
    given = (data[0][:n], data[1][:n])
    history = scratch(given, batch_size=batch_size, num_epochs=epochs, seed=0)
    assert history.epoch == [examples / n for examples in seen]


@pytest.mark.parametrize("fit", [scratch, concise])
def test_initial_weights_are_drawn_in_double_precision(fit, data, data64):
    """Float32 draws differ between processors: the weights of float32 are those, rounded."""
    still = {"lr": 0.0, "momentum": 0.0}
    single = fit(data, still, num_epochs=1, seed=4)
    double = fit(data64, still, num_epochs=1, seed=4)
    assert torch.equal(single.w, double.w.float())
    assert not torch.equal(single.w.double(), double.w)


def test_initial_weights(data):
    weights = [scratch(data, {"lr": 0, "momentum": 0}, num_epochs=1, seed=s).w for s in range(60)]
    every = torch.cat(weights)
    assert every.mean().item() == pytest.approx(0, abs=4 * 0.01 / math.sqrt(300))
    assert every.std().item() == pytest.approx(0.01, rel=0.2)


@pytest.mark.parametrize("fit", [scratch, concise])
def test_a_seed_decides_everything_and_touches_nothing(fit, data):
    torch.manual_seed(7)
    before = torch.get_rng_state()
    first = fit(data, seed=5)
    assert torch.equal(torch.get_rng_state(), before)
    torch.manual_seed(8)
    assert fit(data, seed=5).loss == first.loss
    assert fit(data, seed=6).loss != first.loss


@pytest.mark.parametrize("fit", [scratch, concise])
def test_without_a_seed_the_global_state_decides(fit, data):
    torch.manual_seed(5)
    first, second = fit(data), fit(data)
    assert first.loss != second.loss
    torch.manual_seed(5)
    assert fit(data).loss == first.loss
    torch.manual_seed(5)
    start = (torch.ones(5, 1), torch.ones(1))
    assert fit(data, start=start).loss[0] == fit(data, start=start, seed=1).loss[0]


@pytest.mark.parametrize("momentum", [0, 0.5, 0.9])
def test_parity_of_the_two_loops(momentum, data64):
    start = (torch.linspace(-1, 1, 5).reshape(5, 1), torch.tensor([0.5]))
    setting = {"lr": 0.01, "momentum": momentum}
    mine = scratch(data64, setting, seed=2, start=start)
    torchs = concise(data64, setting, seed=2, start=start)
    assert (mine.w - torchs.w).abs().max() < 1e-6
    assert (mine.b - torchs.b).abs().max() < 1e-6
    np.testing.assert_allclose(mine.loss, torchs.loss, rtol=1e-7)


@pytest.mark.parametrize("fit", [scratch, concise])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_start_is_not_overwritten(fit, dtype, data, data64):
    start = (torch.full((5, 1), 0.5, dtype=dtype), torch.full((1,), -0.5, dtype=dtype))
    for given in (data, data64):
        history = fit(given, seed=2, start=start)
        assert (history.w - 0.5).abs().max() > 0.1
        assert (start[0] == 0.5).all()
        assert (start[1] == -0.5).all()


def test_one_full_batch_step_is_the_gradient_formula(data64):
    """With one batch an epoch, one step from 0 is w = lr * mean(x y): no randomness is left."""
    X, y = data64
    options = {"batch_size": 1500, "num_epochs": 1, "start": zeros()}
    history = scratch(data64, {"lr": 0.1, "momentum": 0.9}, **options)
    torch.testing.assert_close(history.w, 0.1 * (X.T @ y).reshape(5, 1) / 1500)


@pytest.mark.parametrize("loop", ["scratch", "concise"])
def test_printed_line_and_curve(loop, data, capsys):
    if loop == "scratch":
        returned = d2l.train_ch7(sgd_momentum, zeros(), SETTING, *data, 10, 2, seed=1)
        expected = scratch(data, seed=1).loss
    else:
        returned = d2l.train_pytorch_ch7(torch.optim.SGD, SETTING, *data, 10, 2, seed=1)
        expected = concise(data, seed=1).loss
    assert returned is None
    line = capsys.readouterr().out
    match = re.fullmatch(r"loss: (\d\.\d{6}), \d+\.\d{6} sec per epoch\n", line)
    assert match[1] == f"{expected[-1]:f}"
    (axes,) = d2l.plt.gcf().axes
    # Nine digits are drawn.
    assert axes.lines[0].get_ydata().tolist() == pytest.approx(expected, rel=1e-8, abs=0)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("epoch", "loss")


DIVERGED = r"diverged: the loss went from 0\.\d+ to (inf|nan) at step \d+ with .* lower lr"


@pytest.mark.parametrize("lr", [2.0, 5.0, 1e30])
def test_divergence_is_reported_and_drawn(lr, data, capsys):
    setting = {"lr": lr, "momentum": 0.9}
    loops = {
        d2l.train_ch7: (sgd_momentum, zeros(), setting),
        d2l.train_pytorch_ch7: (torch.optim.SGD, setting),
    }
    for loop, arguments in loops.items():
        with pytest.warns(RuntimeWarning, match=DIVERGED) as caught:
            loop(*arguments, *data, seed=0)
        assert [w.filename for w in caught] == [__file__]
    assert re.fullmatch(r"(loss: (nan|inf), .* sec per epoch\n){2}", capsys.readouterr().out)
    for number in d2l.plt.get_fignums():
        figure = d2l.plt.figure(number)
        figure.canvas.draw()
        (axes,) = figure.axes
        assert np.isfinite(axes.get_ylim()).all()
        assert "diverged at step" in axes.get_title(loc="right")


def test_slow_divergence_is_reported_too(data):
    setting = {"lr": 1.2, "momentum": 0.0}
    loss = scratch(data, setting, batch_size=100, seed=0).loss
    with pytest.warns(RuntimeWarning) as caught:
        d2l.train_ch7(sgd_momentum, zeros(), setting, *data, 100, 2, seed=0)
    assert [str(w.message) for w in caught] == [
        f"training diverged: the loss went from {loss[0]:.3g} to {loss[-1]:.3g} by the last step "
        "with {'lr': 1.2, 'momentum': 0.0}; the learning rate is probably too large for this "
        "momentum: lower lr, or momentum"
    ]


@pytest.mark.parametrize("fit", [scratch, concise])
def test_seconds_are_those_of_one_whole_epoch(fit, data, monkeypatch):
    """A clock that says 6 s for the run: for two epochs, and for one that ended early."""
    ticks = itertools.cycle([10.0, 16.0])
    monkeypatch.setattr("d2lzh_pytorch.loop.time", SimpleNamespace(perf_counter=ticks.__next__))
    assert fit(data, seed=0).sec_per_epoch == 3
    lost = fit(data, {"lr": 5.0, "momentum": 0.9}, seed=0)
    assert lost.epoch[-1] == lost.diverged_at / 150
    assert lost.sec_per_epoch == pytest.approx(6 / lost.epoch[-1])


def test_no_seconds_pass_before_the_first_step(data, capsys, monkeypatch):
    ticks = itertools.cycle([1.5, 2.0])
    monkeypatch.setattr("d2lzh_pytorch.loop.time", SimpleNamespace(perf_counter=ticks.__next__))
    d2l.train_ch7(sgd_momentum, zeros(), SETTING, *data, num_epochs=1, seed=1)
    assert capsys.readouterr().out.endswith(", 0.500000 sec per epoch\n")


def test_tuple_and_float64_and_integer_data(data):
    features, labels = data[0][:40].double(), torch.arange(40)
    history = d2l.fit_ch7(sgd_momentum, zeros(), SETTING, features, labels, seed=0)
    assert history.loss[-1] < history.loss[0]


@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.int8, np.uint64, torch.tensor])
def test_every_integer_is_an_integer(kind, data):
    run = scratch(data, batch_size=kind(10), num_epochs=kind(2), seed=kind(3))
    plain = scratch(data, batch_size=10, num_epochs=2, seed=3)
    assert run.loss == plain.loss
    assert run.epoch == plain.epoch
    assert concise(data, batch_size=kind(10), num_epochs=kind(2), seed=kind(3)).epoch == run.epoch


@pytest.mark.parametrize("fit", [scratch, concise])
def test_a_batch_larger_than_the_data_is_all_of_them(fit, data):
    assert fit(data, batch_size=4000, seed=3).loss == fit(data, batch_size=1500, seed=3).loss


@pytest.mark.parametrize("label", [1.0, 0.1**0.5])  # losses of about 0.5 and 0.05 at first
@pytest.mark.parametrize(("growth", "told"), [(9, False), (11, True)])
def test_the_growth_from_which_a_run_has_diverged(label, growth, told, recwarn):
    """One step on y = label, X = 1: it multiplies what is missing by the root of the growth."""

    def grow(params, states, hyperparams):
        w, b = params
        missing = label - w.item()
        b.data.fill_(missing * (1 - growth**0.5))

    data = (torch.ones(4, 1).double(), torch.full((4,), label).double())
    assert d2l.train_ch7(grow, None, {}, *data, num_epochs=1, seed=0) is None
    assert d2l.plt.gca().lines[0].get_ydata()[-1] == pytest.approx(growth * label**2 / 2, rel=0.1)
    assert [w.category for w in recwarn] == [RuntimeWarning] * told


def test_data_beyond_float32_are_reported(data, capsys):
    with pytest.warns(RuntimeWarning) as caught:
        d2l.train_ch7(sgd_momentum, zeros(), SETTING, data[0], data[1] * 1e20, seed=0)
    (one,) = caught
    assert str(one.message) == (
        "training diverged: the loss went from inf to inf at step 10 with "
        "{'lr': 0.02, 'momentum': 0.5}; the data are too large for any setting: "
        "standardise features and labels"
    )
    assert capsys.readouterr().out.startswith("loss: inf")
