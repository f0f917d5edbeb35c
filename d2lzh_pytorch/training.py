"""The published chapter-7 loops: train, print the final loss, draw the curve."""

import math
import warnings

from d2lzh_pytorch.figures import set_figsize, show_loss
from d2lzh_pytorch.fitting import fit_ch7, fit_pytorch_ch7


def train_ch7(
    optimizer_fn, states, hyperparams, features, labels, batch_size=10, num_epochs=2, *, seed=None
):
    """Train with your own ``optimizer_fn``, print the final loss and draw the loss curve.

    Takes what ``fit_ch7`` takes and raises what it raises. Prints, for example,
    ``loss: 0.245518, 0.042304 sec per epoch``. A run that diverges ends early, prints inf or
    nan, and issues one RuntimeWarning.
    """
    args = (optimizer_fn, states, hyperparams, features, labels, batch_size, num_epochs)
    _report(fit_ch7(*args, seed=seed), hyperparams)


def train_pytorch_ch7(
    optimizer_fn, optimizer_hyperparams, features, labels, batch_size=10, num_epochs=2, *, seed=None
):
    """Train with a ``torch.optim`` class, print the final loss and draw the loss curve.

    Takes what ``fit_pytorch_ch7`` takes and raises what it raises; reports as ``train_ch7`` does.
    """
    args = (optimizer_fn, optimizer_hyperparams, features, labels, batch_size, num_epochs)
    _report(fit_pytorch_ch7(*args, seed=seed), optimizer_hyperparams)


def _report(history, hyperparams):
    print(f"loss: {history.loss[-1]:f}, {history.sec_per_epoch:f} sec per epoch")
    grew = history.loss[-1] > 10 * history.loss[0]
    if history.diverged_at is not None or grew:
        first, last = history.loss[0], history.loss[-1]
        step = history.diverged_at
        when = "by the last step" if step is None else f"at step {step}"
        cause = "the learning rate is probably too large for this momentum: lower lr, or momentum"
        if not math.isfinite(first):
            cause = "the data are too large for any setting: standardise features and labels"
        message = f"training diverged: the loss went from {first:.3g} to {last:.3g} {when}"
        warnings.warn(f"{message} with {hyperparams}; {cause}", RuntimeWarning, stacklevel=3)
    set_figsize()
    show_loss({"": history})
