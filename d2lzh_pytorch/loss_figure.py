"""Loss curves drawn over the epochs."""

from collections.abc import Mapping

import numpy as np

from d2lzh_pytorch.loop import History
from d2lzh_pytorch.style import plt

LOG_SCALE_RATIO = 100  # from this ratio of largest to smallest loss on, the axis is logarithmic


def show_loss(histories: History | Mapping[str, History]) -> None:
    """Draw the loss over the epochs of one History, or of each in {label: History}.

    Draws into the current axes, with a legend for several runs. The axis turns logarithmic where
    a loss is more than 100 times another, and a cross marks the end of a run that diverged.
    Raises TypeError for anything else, ValueError for an empty dict.

    >>> show_loss(History(None, None, [0, 1], [0.5, 0.25], 0.1, None))
    """
    runs = _runs(histories)
    axes = plt.gca()
    shown = []
    for label, history in runs.items():
        # Nine digits: the last bits of a loss differ between processors, and would move the layout.
        losses = np.array([float(f"{loss:.9g}") for loss in history.loss])
        finite = np.isfinite(losses)
        epoch = np.array(history.epoch)[finite]
        loss = losses[finite]
        shown.extend(loss)
        (line,) = axes.plot(epoch, loss, label=label)
        if history.diverged_at is not None:
            axes.plot(epoch[-1:], loss[-1:], "X", color=line.get_color(), markersize=7)
            axes.set_title(f"diverged at step {history.diverged_at}", loc="right")
    if shown and max(shown) > LOG_SCALE_RATIO * min(shown) > 0:
        axes.set_yscale("log")
    axes.set(xlabel="epoch", ylabel="loss")
    if len(runs) > 1:
        axes.legend()


def _runs(histories):
    """Return {label: History}, or tell what was passed instead."""
    if _is_history(histories):
        return {"": histories}
    wanted = "histories must be a History or a dict {label: History}"
    remedy = "pass what fit_ch7 or fit_pytorch_ch7 returns"
    if not isinstance(histories, Mapping):
        raise TypeError(f"{wanted}, got {type(histories).__name__}; {remedy}")
    if not histories:
        raise ValueError(f"{wanted}, got an empty dict; {remedy}")
    for label, history in histories.items():
        if not _is_history(history):
            got = f"{type(history).__name__} at {label!r}"
            raise TypeError(f"{wanted}, got {got}; {remedy}")
    return dict(histories)


def _is_history(value):
    return all(hasattr(value, name) for name in ("epoch", "loss", "diverged_at"))
