"""The neighbouring sections' optimizers run on the loops, in each way they keep their states."""

import math
import re

import numpy as np
import pytest
import torch

import d2lzh_pytorch as d2l

EPS = 1e-6
ADADELTA_EPS = 1e-5  # the published section's own


def adagrad(params, states, hyperparams):
    for p, s in zip(params, states, strict=True):
        s.data += p.grad.data**2
        p.data -= hyperparams["lr"] * p.grad.data / torch.sqrt(s + EPS)


def rmsprop(params, states, hyperparams):
    gamma = hyperparams["gamma"]
    for p, s in zip(params, states, strict=True):
        s.data = gamma * s.data + (1 - gamma) * p.grad.data**2
        p.data -= hyperparams["lr"] * p.grad.data / torch.sqrt(s + EPS)


def adadelta(params, states, hyperparams):
    rho = hyperparams["rho"]
    for p, (s, delta) in zip(params, states, strict=True):
        s[:] = rho * s + (1 - rho) * p.grad.data**2
        g = p.grad.data * torch.sqrt((delta + ADADELTA_EPS) / (s + ADADELTA_EPS))
        p.data -= g
        delta[:] = rho * delta + (1 - rho) * g * g


def adam(params, states, hyperparams):
    beta1, beta2, t = 0.9, 0.999, hyperparams["t"]
    for p, (v, s) in zip(params, states, strict=True):
        v[:] = beta1 * v + (1 - beta1) * p.grad.data
        s[:] = beta2 * s + (1 - beta2) * p.grad.data**2
        v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)
        p.data -= hyperparams["lr"] * v_hat / (torch.sqrt(s_hat) + EPS)
    hyperparams["t"] += 1


def sgd(params, states, hyperparams):
    for p in params:
        p.data -= hyperparams["lr"] * p.grad.data


def one():
    return torch.zeros((5, 1), dtype=torch.float32), torch.zeros(1, dtype=torch.float32)


def two():
    return (torch.zeros(5, 1), torch.zeros(5, 1)), (torch.zeros(1), torch.zeros(1))


SCRATCH = [
    (sgd, None, {"lr": 0.05}),
    (adagrad, one(), {"lr": 0.1}),
    (rmsprop, one(), {"lr": 0.01, "gamma": 0.9}),
    (adadelta, two(), {"rho": 0.9}),
    (adam, two(), {"lr": 0.01, "t": 1}),
]
CONCISE = [
    (torch.optim.Adagrad, {"lr": 0.1}),
    (torch.optim.RMSprop, {"lr": 0.01, "alpha": 0.9}),
    (torch.optim.Adadelta, {"rho": 0.9}),  # starts slowly: 4 seeds of 40 end above 0.30
    (torch.optim.Adam, {"lr": 0.01}),
]


def printed_loss(capsys):
    return float(re.match(r"loss: ([0-9.]+),", capsys.readouterr().out)[1])


@pytest.mark.parametrize(("optimizer_fn", "states", "hyperparams"), SCRATCH)
def test_own_optimizer(optimizer_fn, states, hyperparams, data, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    d2l.train_ch7(optimizer_fn, states, hyperparams, *data, seed=0)
    assert printed_loss(capsys) < 0.30
    if optimizer_fn is adam:
        assert hyperparams["t"] == 301


@pytest.mark.parametrize(("optimizer_fn", "hyperparams"), CONCISE)
def test_torch_optimizer(optimizer_fn, hyperparams, data, capsys):
    d2l.train_pytorch_ch7(optimizer_fn, hyperparams, *data, seed=1)
    assert printed_loss(capsys) < 0.30


# Section 7.3 trains on all rows, on one and on ten, without states.
BATCHES = [(1.0, 1500, 6), (0.005, 1, 2), (0.05, 10, 2)]


@pytest.mark.parametrize(("lr", "batch_size", "num_epochs"), BATCHES)
def test_batches_of_every_size(lr, batch_size, num_epochs, data, capsys):
    d2l.train_ch7(sgd, None, {"lr": lr}, *data, batch_size, num_epochs, seed=0)
    assert 0.2416 < printed_loss(capsys) < 0.252


def gradient_descent_2d(x1, x2, s1, s2):
    """On x1^2 + 2 x2^2, with eta = 0.1; its states are the integer 0."""
    return x1 - 0.1 * 2 * x1, x2 - 0.1 * 4 * x2, 0, 0


def adagrad_2d(eta):
    def step(x1, x2, s1, s2):
        g1 = 0.2 * x1
        g2 = 4 * x2
        s1 += g1**2
        s2 += g2**2
        x1 -= eta / math.sqrt(s1 + EPS) * g1
        x2 -= eta / math.sqrt(s2 + EPS) * g2
        return x1, x2, s1, s2

    return step


def rmsprop_2d(x1, x2, s1, s2):
    g1 = 0.2 * x1
    g2 = 4 * x2
    s1 = 0.9 * s1 + 0.1 * g1**2
    s2 = 0.9 * s2 + 0.1 * g2**2
    return x1 - 0.4 / math.sqrt(s1 + EPS) * g1, x2 - 0.4 / math.sqrt(s2 + EPS) * g2, s1, s2


# The outputs that the published sections record.
PUBLISHED_2D = [
    (gradient_descent_2d, "epoch 20, x1 -0.057646, x2 -0.000073\n"),
    (adagrad_2d(0.4), "epoch 20, x1 -2.382563, x2 -0.158591\n"),
    (adagrad_2d(2), "epoch 20, x1 -0.002295, x2 -0.000000\n"),
    (rmsprop_2d, "epoch 20, x1 -0.010599, x2 0.000000\n"),
]


@pytest.mark.parametrize(("trainer", "printed"), PUBLISHED_2D)
def test_published_2d_trainers(trainer, printed, capsys):
    d2l.show_trace_2d(lambda x1, x2: 0.1 * x1**2 + 2 * x2**2, d2l.train_2d(trainer))
    assert capsys.readouterr().out == printed


def test_a_noisy_2d_trainer(capsys):
    """Section 7.2's: numpy's numbers come back."""
    draws = np.random.default_rng(0)

    def noisy(x1, x2, s1, s2):
        noise = draws.normal(0.1, size=2)
        return x1 - 0.1 * (2 * x1 + noise[0]), x2 - 0.1 * (4 * x2 + noise[1]), 0, 0

    points = d2l.train_2d(noisy)
    assert math.hypot(*points[-1]) < 1
    assert capsys.readouterr().out.startswith("epoch 20, x1 ")
