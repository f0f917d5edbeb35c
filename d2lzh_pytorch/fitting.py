"""Linear regression trained two ways; these functions compute, and print and draw nothing.

Everything is computed in float64, whatever the dtype of the data: float32 rounding differs
between processors by about 2e-6 and would change printed digits from machine to machine.
"""

import reprlib

import torch
from torch import nn

from d2lzh_pytorch import checks
from d2lzh_pytorch.loop import random_state, run, shuffler


def linreg(X, w, b):
    """Linear regression X w + b: X (n, d), w (d, 1), b (1,) give (n, 1)."""
    return torch.mm(X, w) + b


def squared_loss(y_hat, y):
    """Halved squared error (y_hat - y)^2 / 2 of each example, in the shape of ``y_hat``.

    ``y`` is reshaped to ``y_hat``, so that (n,) against (n, 1) never broadcasts to (n, n).
    Raises ValueError if the two do not hold equally many values.
    """
    if y.numel() != y_hat.numel():
        got = f"y {tuple(y.shape)} and y_hat {tuple(y_hat.shape)}"
        raise ValueError(f"y and y_hat must hold equally many values, got {got}")
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def fit_ch7(
    optimizer_fn, states, hyperparams, features, labels, batch_size=10, num_epochs=2, *,
    seed=None, start=None,
):  # fmt: skip
    """Minimise the mean of ``squared_loss`` of a linear model with your own optimizer.

    optimizer_fn(params, states, hyperparams): called once per mini-batch with params
    [w (d, 1), b (1,)]; it reads ``p.grad``, changes ``p.data`` and returns None.
    states: None, or one entry per parameter; hyperparams: a dict. Both are passed on as they are.
    features (n, d), labels (n,): real tensors. The last mini-batch of an epoch may be smaller.
    seed: decides initial weights and shuffling and leaves torch's global random state untouched;
    None takes both from that state. start: (w, b) in place of w ~ N(0, 0.01^2), b = 0.

    Returns a History: the loss at the start, after every 100 examples and at the end. Raises
    TypeError or ValueError, naming the argument, on input that cannot be trained with.
    """
    _check(features, labels, batch_size, num_epochs, seed, start)
    checks.check_callable("optimizer_fn", optimizer_fn, "optimizer_fn(params, states, hyperparams)")
    if isinstance(optimizer_fn, type) and issubclass(optimizer_fn, torch.optim.Optimizer):
        remedy = "use train_pytorch_ch7 for torch.optim classes"
        raise TypeError(f"optimizer_fn must be a plain function, got {optimizer_fn!r}; {remedy}")
    checks.check_hyperparams("hyperparams", hyperparams)
    X, y = features.detach().double(), labels.detach().double()
    with random_state(seed):
        order = shuffler()
        w, b = start or (torch.randn(X.shape[1], 1, dtype=X.dtype) * 0.01, torch.zeros(1))
        params = [p.detach().to(X, copy=True).requires_grad_() for p in (w, b)]
        checks.check_states(states, params)

        def step():
            returned = optimizer_fn(params, states, hyperparams)
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
    checks.check_callable("optimizer_fn", optimizer_fn, "torch.optim.SGD(parameters, lr=...)")
    checks.check_hyperparams("optimizer_hyperparams", optimizer_hyperparams)
    X, y = features.detach().double(), labels.detach().double()
    with random_state(seed):
        order = shuffler()
        net = nn.Linear(X.shape[1], 1, device=X.device, dtype=X.dtype)
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
    checks.check_data(features, labels)
    checks.check_integer("batch_size", batch_size, 1, len(features))
    checks.check_integer("num_epochs", num_epochs, 1)
    checks.check_seed(seed)
    checks.check_start(start, features.shape[1])


def _make_optimizer(optimizer_fn, net, hyperparams):
    name = getattr(optimizer_fn, "__name__", repr(optimizer_fn))
    try:
        optimizer = optimizer_fn(net.parameters(), **hyperparams)
    except (TypeError, ValueError) as error:
        message = f"optimizer_hyperparams {hyperparams!r} do not fit optimizer_fn {name}: {error}"
        raise type(error)(message) from error
    if not isinstance(optimizer, torch.optim.Optimizer):
        remedy = "pass a torch.optim class, or use train_ch7 for your own function"
        raise TypeError(f"optimizer_fn must give an optimizer, got {optimizer!r}; {remedy}")
    return optimizer
