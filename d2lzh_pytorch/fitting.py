"""Linear regression trained two ways; these functions compute, and print and draw nothing.

All is computed in the dtype and on the device of the features.
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import torch
from torch import nn

from d2lzh_pytorch.arguments import check_integer, check_own_optimizer, check_seed
from d2lzh_pytorch.draws import draw, random_state
from d2lzh_pytorch.loop import History, run
from d2lzh_pytorch.model import linreg, squared_loss
from d2lzh_pytorch.stepping import copies, make_optimizer, own_step, warn_if_unchanged
from d2lzh_pytorch.training_data import as_training_data, check_start, like

Start = tuple[torch.Tensor, torch.Tensor]


def fit_ch7(
    optimizer_fn: Callable[..., Any], states: Any, hyperparams: Any,
    features: torch.Tensor, labels: torch.Tensor, batch_size: int = 10, num_epochs: int = 2, *,
    seed: int | None = None, start: Start | None = None,
) -> History:  # fmt: skip
    """Minimise the mean of ``squared_loss`` of a linear model with your own optimizer.

    optimizer_fn(params, states, hyperparams): called once per mini-batch with params
    [w (d, 1), b (1,)]; it reads ``p.grad`` and changes ``p.data`` in place. states and
    hyperparams are its own affair and passed on as they are.
    features (n, d): a real tensor, whose dtype and device the run keeps; labels: n real numbers.
    The last mini-batch of an epoch may be smaller.
    seed: decides initial weights and shuffling and leaves torch's global random state untouched;
    None takes both from that state. start: (w, b) in place of w ~ N(0, 0.01^2), b = 0.

    Returns a History: the loss at the start, after every 100 examples and at the end. Raises
    TypeError or ValueError, naming the argument, on input that cannot be trained with; warns if
    no parameter changed.

    >>> def sgd(params, states, hyperparams):
    ...     for p in params:
    ...         p.data -= hyperparams["lr"] * p.grad
    >>> history = fit_ch7(sgd, None, {"lr": 0.5}, torch.eye(4), torch.ones(4), seed=0)
    >>> history.loss[-1] < history.loss[0]
    True
    """
    check_own_optimizer(optimizer_fn, states)
    with _gradients(), random_state(check_seed(seed)):
        task = _task(features, labels, batch_size, num_epochs)
        w, b, orders = _initial(task, start, linear=False)
        params = [nn.Parameter(w), nn.Parameter(b)]
        step = own_step(optimizer_fn, params, states, hyperparams)

        def mean_loss(X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
            return squared_loss(linreg(X, *params), y).mean()

        before = copies(params)
        history = run(mean_loss, step, params, orders, task.X, task.y, task.batch_size)
        warn_if_unchanged(before, params, hyperparams)
    return history


def fit_pytorch_ch7(
    optimizer_fn: Callable[..., Any], optimizer_hyperparams: Any,
    features: torch.Tensor, labels: torch.Tensor, batch_size: int = 10, num_epochs: int = 2, *,
    seed: int | None = None, start: Start | None = None,
) -> History:  # fmt: skip
    """Minimise half the mean squared error of ``nn.Linear`` with a ``torch.optim`` class.

    optimizer_fn(parameters, **optimizer_hyperparams) must give an object with ``step()`` and
    ``zero_grad()``. Initial weights are torch's own, or start = (w (d, 1), b (1,)). The same seed
    shuffles as in ``fit_ch7``. The other arguments, the result and the errors are those of
    ``fit_ch7``.

    >>> history = fit_pytorch_ch7(
    ...     torch.optim.SGD, {"lr": 0.5}, torch.eye(4), torch.ones(4), num_epochs=30, seed=0
    ... )
    >>> history.loss[-1] < history.loss[0]
    True
    """
    with _gradients(), random_state(check_seed(seed)):
        task = _task(features, labels, batch_size, num_epochs)
        w, b, orders = _initial(task, start, linear=True)
        net = nn.utils.skip_init(nn.Linear, len(w), 1, dtype=w.dtype, device=w.device)
        net.load_state_dict({"weight": w.T, "bias": b})
        params = list(net.parameters())
        optimizer = make_optimizer(optimizer_fn, params, optimizer_hyperparams)
        mse = nn.MSELoss()

        def step() -> None:
            optimizer.step()
            optimizer.zero_grad()

        def mean_loss(X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
            return mse(net(X).view(-1), y) / 2

        before = copies(params)
        history = run(mean_loss, step, params, orders, task.X, task.y, task.batch_size)
        warn_if_unchanged(before, params, optimizer_hyperparams)
    return history._replace(w=history.w.T)


class _Task(NamedTuple):
    X: torch.Tensor
    y: torch.Tensor
    batch_size: int
    num_epochs: int


def _task(features: Any, labels: Any, batch_size: Any, num_epochs: Any) -> _Task:
    X, y = as_training_data(features, labels)
    size = check_integer("batch_size", batch_size, 1)
    return _Task(X, y, size, check_integer("num_epochs", num_epochs, 1))


@contextlib.contextmanager
def _gradients() -> Iterator[None]:
    """Record gradients even where the caller has switched this off."""
    with torch.inference_mode(False), torch.enable_grad():
        yield


def _initial(
    task: _Task, start: Start | None, linear: bool
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Weights of their own, w (d, 1) and b (1,), and the orders of the epochs."""
    n, d = task.X.shape
    check_start(start, d)
    drawn = draw(n, d, task.num_epochs, linear)
    given = drawn[:2] if start is None else start
    w, b = (like(p, task.X).clone() for p in given)
    return w, b, drawn.orders
