"""Loops to compare with: one that trains the published way, and one that only takes the steps."""

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset

from d2lzh_pytorch import linreg, squared_loss


def sgd_momentum(params, states, hyperparams):
    for p, v in zip(params, states, strict=True):
        v.data = hyperparams["momentum"] * v.data + hyperparams["lr"] * p.grad.data
        p.data -= v.data


def momentum_states(features):
    return torch.zeros(features.shape[1], 1), torch.zeros(1)


def loader_scratch(optimizer_fn, states, hyperparams, features, labels, batch_size, num_epochs):
    """Mini-batches from a DataLoader over a TensorDataset, in float32."""
    w = torch.nn.Parameter(torch.tensor(np.random.normal(0, 0.01, (5, 1)), dtype=torch.float32))
    b = torch.nn.Parameter(torch.zeros(1))

    def mean_loss():
        return squared_loss(linreg(features, w, b), labels).mean().item()

    losses = [mean_loss()]
    loader = DataLoader(TensorDataset(features, labels), batch_size, shuffle=True)
    for _ in range(num_epochs):
        for i, (X, y) in enumerate(loader, start=1):
            loss = squared_loss(linreg(X, w, b), y).mean()
            if w.grad is not None:
                w.grad.data.zero_()
                b.grad.data.zero_()
            loss.backward()
            optimizer_fn([w, b], states, hyperparams)
            if i * batch_size % 100 == 0:
                losses.append(mean_loss())
    return losses


def loader_concise(optimizer_fn, hyperparams, features, labels, batch_size, num_epochs):
    """Train the same way with ``nn.Sequential``, ``nn.MSELoss`` and a ``torch.optim`` class."""
    net = torch.nn.Sequential(torch.nn.Linear(features.shape[1], 1))
    mse = torch.nn.MSELoss()
    optimizer = optimizer_fn(net.parameters(), **hyperparams)

    def mean_loss():
        return mse(net(features).view(-1), labels).item() / 2

    losses = [mean_loss()]
    loader = DataLoader(TensorDataset(features, labels), batch_size, shuffle=True)
    for _ in range(num_epochs):
        for i, (X, y) in enumerate(loader, start=1):
            loss = mse(net(X).view(-1), y) / 2
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if i * batch_size % 100 == 0:
                losses.append(mean_loss())
    return losses


def bare_scratch(optimizer_fn, states, hyperparams, features, labels, batch_size, num_epochs):
    """Only the steps: data cut once, nothing shuffled, recorded or checked."""
    w = torch.zeros(features.shape[1], 1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    batches = list(zip(features.split(batch_size), labels.split(batch_size), strict=True))
    for _ in range(num_epochs):
        for X, y in batches:
            squared_loss(linreg(X, w, b), y).mean().backward()
            optimizer_fn([w, b], states, hyperparams)
            w.grad = b.grad = None
