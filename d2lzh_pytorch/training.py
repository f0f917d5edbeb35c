"""The published chapter-7 loops: train, print the final loss, draw the curve."""

import math
import reprlib
from collections.abc import Callable
from typing import Any

import torch

from d2lzh_pytorch.fitting import fit_ch7, fit_pytorch_ch7
from d2lzh_pytorch.loop import History
from d2lzh_pytorch.loss_figure import show_loss
from d2lzh_pytorch.stepping import learning_rate
from d2lzh_pytorch.telling import warn
from d2lzh_pytorch.training_data import scale_of

GROWTH = 10  # a loss that grew so many times has diverged
LARGE_SCALE = 10  # mean square of a column: 1 where it was standardised


def train_ch7(
    optimizer_fn: Callable[..., Any], states: Any, hyperparams: Any,
    features: torch.Tensor, labels: torch.Tensor, batch_size: int = 10, num_epochs: int = 2, *,
    seed: int | None = None,
) -> None:  # fmt: skip
    """Train with your own ``optimizer_fn``, print the final loss and draw the loss curve.

    Takes what ``fit_ch7`` takes and raises what it raises. Draws into the current axes. A run
    that diverges ends early, prints inf or nan, and issues one RuntimeWarning.

    >>> def sgd(params, states, hyperparams):
    ...     for p in params:
    ...         p.data -= hyperparams["lr"] * p.grad
    >>> train_ch7(sgd, None, {"lr": 0.5}, torch.eye(4), torch.ones(4), seed=0)
    loss: 0.009950, ... sec per epoch
    """
    given = (optimizer_fn, states, hyperparams, features, labels, batch_size, num_epochs)
    _report(fit_ch7(*given, seed=seed), hyperparams, features)


def train_pytorch_ch7(
    optimizer_fn: Callable[..., Any], optimizer_hyperparams: Any,
    features: torch.Tensor, labels: torch.Tensor, batch_size: int = 10, num_epochs: int = 2, *,
    seed: int | None = None,
) -> None:  # fmt: skip
    """Train with a ``torch.optim`` class, print the final loss and draw the loss curve.

    Takes what ``fit_pytorch_ch7`` takes and raises what it raises; reports as ``train_ch7`` does.

    >>> train_pytorch_ch7(torch.optim.SGD, {"lr": 0.5}, torch.eye(4), torch.ones(4), seed=0)
    loss: 0..., ... sec per epoch
    """
    given = (optimizer_fn, optimizer_hyperparams, features, labels, batch_size, num_epochs)
    _report(fit_pytorch_ch7(*given, seed=seed), optimizer_hyperparams, features)


def _report(history: History, hyperparams: Any, features: torch.Tensor) -> None:
    first = history.loss[0]
    last = history.loss[-1]
    print(f"loss: {last:f}, {history.sec_per_epoch:f} sec per epoch")
    step = history.diverged_at
    if step is not None or last > GROWTH * first:
        when = "by the last step" if step is None else f"at step {step}"
        went = f"the loss went from {first:.3g} to {last:.3g} {when}"
        cause = _cause(first, hyperparams, features)
        warn(f"training diverged: {went} with {reprlib.repr(hyperparams)}; {cause}")
    show_loss({"": history})


def _cause(first: float, hyperparams: Any, features: torch.Tensor) -> str:
    """Say why a run diverged, the surest cause first, and what to do."""
    column, scale = scale_of(features)
    lr = learning_rate(hyperparams)
    if not math.isfinite(first):
        return "the data are too large for any setting: standardise features and labels"
    if lr is not None and not lr > 0:
        return f"lr must be positive, got {lr}: pass a small one such as 0.01"
    if scale > LARGE_SCALE:
        found = f"the mean square of features[:, {column}] is {scale:.3g} instead of 1"
        return f"the features were not standardised ({found}): standardise each column"
    return "the learning rate is probably too large for this momentum: lower lr, or momentum"
