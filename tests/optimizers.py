"""Optimizers that several tests train with, written apart from the notebooks."""

import torch


def sgd_momentum(params, states, hyperparams):
    """v <- gamma v + eta g, x <- x - v."""
    for p, v in zip(params, states, strict=True):
        v[:] = hyperparams["momentum"] * v + hyperparams["lr"] * p.grad
        p.data -= v


def zero_states(dtype=torch.float32):
    """Velocities of the regression with five features."""
    return torch.zeros(5, 1, dtype=dtype), torch.zeros(1, dtype=dtype)
