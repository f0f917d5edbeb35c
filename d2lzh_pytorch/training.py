"""The published chapter-7 loops: train, print the final loss, draw the curve."""

import warnings

from d2lzh_pytorch.figures import show_loss
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
        when = (
            "by the last step" if history.diverged_at is None else f"at step {history.diverged_at}"
        )
        warnings.warn(
            f"training diverged: the loss went from {history.loss[0]:.3g} to "
            f"{history.loss[-1]:.3g} {when} with {hyperparams}; the learning rate is probably too "
            "large for this momentum: lower lr, or momentum, and run again",
            RuntimeWarning,
            stacklevel=3,
        )
    show_loss({"": history})
