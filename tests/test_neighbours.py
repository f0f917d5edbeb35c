"""The neighbouring sections' optimizers run on the loops, in each way they keep their states."""

import math
import re

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


def test_a_2d_trainer_with_its_own_states(capsys):
    def adagrad_2d(x1, x2, s1, s2):
        g1, g2 = 0.2 * x1, 4 * x2
        s1, s2 = s1 + g1**2, s2 + g2**2
        x1 -= 0.4 / math.sqrt(s1 + EPS) * g1
        x2 -= 0.4 / math.sqrt(s2 + EPS) * g2
        return x1, x2, s1, s2

    d2l.show_trace_2d(lambda x1, x2: 0.1 * x1**2 + 2 * x2**2, d2l.train_2d(adagrad_2d))
    # The output that the published AdaGrad section records.
    assert capsys.readouterr().out == "epoch 20, x1 -2.382563, x2 -0.158591\n"
