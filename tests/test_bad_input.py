"""Bad input to the loops: one clear error, before anything is trained or printed."""

import numpy as np
import pytest
import torch
from conftest import sgd_momentum

import d2lzh_pytorch as d2l


def never(params, states, hyperparams):
    raise AssertionError("training started")


def call(change, data, optimizer_fn=never):
    arguments = {
        "optimizer_fn": optimizer_fn,
        "states": (torch.zeros(5, 1), torch.zeros(1)),
        "hyperparams": {"lr": 0.02, "momentum": 0.5},
        "features": data[0],
        "labels": data[1],
        **change,
    }
    d2l.train_ch7(**arguments)


X, Y = torch.ones(30, 5), torch.ones(30)
BOTH = [
    ({"batch_size": 0}, ValueError, "batch_size must be between 1 and 1500, got 0"),
    ({"batch_size": -3}, ValueError, "batch_size must be between 1 and 1500, got -3"),
    ({"batch_size": 1501}, ValueError, "batch_size must be between 1 and 1500, got 1501"),
    ({"batch_size": 2.5}, TypeError, "batch_size must be an integer .* got 2.5"),
    ({"batch_size": True}, TypeError, "batch_size must be an integer .* got True"),
    ({"num_epochs": 0}, ValueError, "num_epochs must be at least 1, got 0"),
    ({"num_epochs": "2"}, TypeError, "num_epochs must be an integer at least 1, got '2'"),
    ({"seed": -1}, ValueError, "seed must be between 0 and .* got -1"),
    ({"seed": "one"}, TypeError, "seed must be an integer .* got 'one'"),
    ({"labels": Y}, ValueError, r"labels must have shape \(1500,\), got shape \(30,\); give one"),
    (
        {"labels": torch.ones(1500, 1)},
        ValueError,
        r"labels must have shape \(1500,\), got shape \(1500, 1\); use labels.reshape\(-1\)",
    ),
    ({"features": np.ones((30, 5))}, TypeError, "features must be a torch.Tensor, got numpy.nd"),
    ({"features": [[1.0]]}, TypeError, "features must be a torch.Tensor, got list; convert it"),
    ({"features": Y}, ValueError, r"features must have shape \(n, d\) .* got shape \(30,\)"),
    ({"features": X[:0]}, ValueError, r"features must have shape .* got shape \(0, 5\)"),
    (
        {"features": X * torch.nan, "labels": Y},
        ValueError,
        "features must hold finite .* got nan",
    ),
    (
        {"labels": torch.full((1500,), torch.inf)},
        ValueError,
        "labels must hold finite .* got inf",
    ),
    ({"optimizer_fn": None}, TypeError, "optimizer_fn must be callable, got None; pass"),
]
SCRATCH = [
    ({"hyperparams": 0.02}, TypeError, "hyperparams must be a dict such as .* got 0.02"),
    (
        {"optimizer_fn": torch.optim.SGD},
        TypeError,
        "must be a plain function, .* use train_pytorch",
    ),
    ({"states": torch.zeros(1)}, TypeError, "states must be a tuple or list, .* got torch.Tensor"),
    ({"states": iter(())}, TypeError, "states must be a tuple or list, .* got tuple_iterator"),
    ({"states": ()}, ValueError, r"states must have 2 entries, got 0; give one state per"),
    (
        {"states": (torch.zeros(4, 1), torch.zeros(1))},
        ValueError,
        r"states\[0\] must have shape \(5, 1\), got \(4, 1\); give one state per parameter",
    ),
    (
        {"states": ((torch.zeros(5, 1),) * 2, (torch.zeros(1), torch.zeros(5)))},
        ValueError,
        r"states\[1\] must have shape \(1,\), got \(5,\)",
    ),
]
CONCISE = [
    ({"optimizer_fn": torch.optim.LBFGS}, TypeError, "must step without a closure, got LBFGS; use"),
    ({"optimizer_hyperparams": [1]}, TypeError, r"optimizer_hyperparams must be a dict .* \[1\]"),
    ({"optimizer_hyperparams": {"rate": 1}}, TypeError, "{'rate': 1} do not fit .* SGD: .*'rate'"),
    ({"optimizer_hyperparams": {"lr": -1}}, ValueError, "{'lr': -1} do not fit .* SGD: Invalid"),
    (
        {"optimizer_fn": sgd_momentum},
        TypeError,
        "do not fit .* sgd_momentum.*use train_ch7",
    ),
    ({"optimizer_fn": lambda p, lr: 3}, TypeError, "must give an optimizer, got 3; pass a torch"),
]


@pytest.mark.parametrize(("change", "error", "message"), BOTH + SCRATCH)
def test_scratch(change, error, message, data, capsys):
    with pytest.raises(error, match=message):
        call(change, data)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("change", "error", "message"), BOTH + CONCISE)
def test_concise(change, error, message, data, capsys):
    arguments = {"optimizer_fn": torch.optim.SGD, "optimizer_hyperparams": {"lr": 0.02}}
    arguments |= {"features": data[0], "labels": data[1], **change}
    with pytest.raises(error, match=message):
        d2l.train_pytorch_ch7(**arguments)
    assert capsys.readouterr().out == ""


def test_an_optimizer_that_returns_is_told_to_work_in_place(data, capsys):
    def functional(params, states, hyperparams):
        return [p - 0.1 * p.grad for p in params]

    with pytest.raises(TypeError, match=r"must not return a value, got \[.*in place"):
        call({}, data, functional)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("start", [(torch.zeros(5), torch.zeros(1)), (torch.zeros(5, 1),), 3])
def test_start_of_the_wrong_shape(start, data):
    with pytest.raises((TypeError, ValueError), match="start must be"):
        d2l.fit_pytorch_ch7(torch.optim.SGD, {"lr": 0.1}, *data, start=start)


def test_a_failing_optimizer_says_what_it_was_given(data):
    with pytest.raises(KeyError) as error:
        call({"hyperparams": {"lr": 0.1}}, data, sgd_momentum)
    assert "optimizer_fn failed with states" in error.value.__notes__[0]
    assert "{'lr': 0.1}" in error.value.__notes__[0]


def test_complex_data_are_refused(data):
    with pytest.raises(TypeError, match="features must hold real numbers"):
        call({"features": data[0] + 0j}, data)
