"""Linear regression trained two ways; these functions compute, and print and draw nothing.

Everything is computed in float64, whatever the dtype of the data: float32 rounding differs
between processors by about 2e-6 and would change printed digits from machine to machine.
"""

import inspect
import reprlib

import torch
from torch import nn

from d2lzh_pytorch import arguments
from d2lzh_pytorch.loop import initial_weights, random_state, run, shuffler
from d2lzh_pytorch.model import linreg, squared_loss


def fit_ch7(
    optimizer_fn, states, hyperparams, features, labels, batch_size=10, num_epochs=2, *,
    seed=None, start=None,
):  # fmt: skip
    """Minimise the mean of ``squared_loss`` of a linear model with your own optimizer.

    optimizer_fn(params, states, hyperparams): called once per mini-batch with params
    [w (d, 1), b (1,)]; it reads ``p.grad``, changes ``p.data`` and returns None.
    params and ``p.grad`` are float64; states may be float32 where the update promotes them.
    states: None, or one entry per parameter; hyperparams: a dict. Both are passed on as they are.
    features (n, d), labels (n,): real tensors. The last mini-batch of an epoch may be smaller.
    seed: decides initial weights and shuffling and leaves torch's global random state untouched;
    None takes both from that state. start: (w, b) in place of w ~ N(0, 0.01^2), b = 0.

    Returns a History: the loss at the start, after every 100 examples and at the end. Raises
    TypeError or ValueError, naming the argument, on input that cannot be trained with.
    """
    _check(features, labels, batch_size, num_epochs, seed, start)
    arguments.check_callable(
        "optimizer_fn", optimizer_fn, "optimizer_fn(params, states, hyperparams)"
    )
    if isinstance(optimizer_fn, type) and issubclass(optimizer_fn, torch.optim.Optimizer):
        remedy = "use train_pytorch_ch7 for torch.optim classes"
        raise TypeError(f"optimizer_fn must be a plain function, got {optimizer_fn!r}; {remedy}")
    arguments.check_hyperparams("hyperparams", hyperparams)
    X, y = features.detach().double(), labels.detach().double()
    with random_state(seed):
        order = shuffler()
        w, b = start or initial_weights(X.shape[1])
        params = [p.detach().to(X, copy=True).requires_grad_() for p in (w, b)]
        arguments.check_states(states, params)

        def step():
            try:
                returned = optimizer_fn(params, states, hyperparams)
            except Exception as error:
                given = f"states {reprlib.repr(states)} and hyperparams {hyperparams}"
                error.add_note(f"optimizer_fn failed with {given}: do both fit what it expects?")
                raise
            if returned is not None:
                remedy = "change p.data in place and return None"
                got = reprlib.repr(returned)
                raise TypeError(f"optimizer_fn must not return a value, got {got}; {remedy}")
            for p in params:
                p.grad = None

        def mean_loss(X, y):
            return squared_loss(linreg(X, *params), y).mean()

        return run(mean_loss, step, params, order, X, y, batch_size, num_epochs)


def fit_pytorch_ch7(
    optimizer_fn, optimizer_hyperparams, features, labels, batch_size=10, num_epochs=2, *,
    seed=None, start=None,
):  # fmt: skip
    """Minimise half the mean squared error of ``nn.Linear`` with a ``torch.optim`` class.

    optimizer_fn(parameters, **optimizer_hyperparams) must give a ``torch.optim.Optimizer``.
    Initial weights are torch's own, or start = (w (d, 1), b (1,)). The same seed shuffles as in
    ``fit_ch7``. The other arguments, the result and the errors are those of ``fit_ch7``.
    """
    _check(features, labels, batch_size, num_epochs, seed, start)
    arguments.check_callable("optimizer_fn", optimizer_fn, "a torch.optim class, such as SGD")
    arguments.check_hyperparams("optimizer_hyperparams", optimizer_hyperparams)
    X, y = features.detach().double(), labels.detach().double()
    with random_state(seed):
        order = shuffler()
        net = nn.Linear(X.shape[1], 1, dtype=X.dtype).to(X.device)  # drawn on the CPU
        if start is not None:
            net.load_state_dict({"weight": start[0].detach().T, "bias": start[1].detach()})
        optimizer = _make_optimizer(optimizer_fn, net, optimizer_hyperparams)
        mse = nn.MSELoss()

        def step():
            optimizer.step()
            optimizer.zero_grad()

        def mean_loss(X, y):
            return mse(net(X).view(-1), y) / 2

        params = [net.weight, net.bias]
        history = run(mean_loss, step, params, order, X, y, batch_size, num_epochs)
    return history._replace(w=history.w.T)


def _check(features, labels, batch_size, num_epochs, seed, start):
    arguments.check_data(features, labels)
    arguments.check_integer("batch_size", batch_size, 1, len(features))
    arguments.check_integer("num_epochs", num_epochs, 1)
    arguments.check_seed(seed)
    arguments.check_start(start, features.shape[1])


def _make_optimizer(optimizer_fn, net, hyperparams):
    name = getattr(optimizer_fn, "__name__", repr(optimizer_fn))
    try:
        optimizer = optimizer_fn(net.parameters(), **hyperparams)
    except (TypeError, ValueError) as error:
        own = not isinstance(optimizer_fn, type)
        remedy = "use train_ch7 for your own function" if own else "see its signature"
        message = f"optimizer_hyperparams {hyperparams!r} do not fit optimizer_fn {name}: {error}"
        message += f"; {remedy}"
        raise type(error)(message) from error
    if not isinstance(optimizer, torch.optim.Optimizer):
        remedy = "pass a torch.optim class, or use train_ch7 for your own function"
        raise TypeError(f"optimizer_fn must give an optimizer, got {optimizer!r}; {remedy}")
    if inspect.signature(optimizer.step).parameters["closure"].default is inspect.Parameter.empty:
        remedy = "use SGD, Adam or another that needs none"
        raise TypeError(f"optimizer_fn must step without a closure, got {name}; {remedy}")
    return optimizer
