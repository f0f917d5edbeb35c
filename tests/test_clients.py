"""Optimizer functions, classes and trainers as people write them for these loops: all train.

What must come out is known beforehand: each computes momentum, or a rule that is as good.
"""

import functools
import itertools
import math

import numpy as np
import pytest
import torch
from optimizers import sgd_momentum, zero_states

import d2lzh_pytorch as d2l

SETTING = {"lr": 0.02, "momentum": 0.5}
FLOOR = 0.241688  # least-squares minimum of the loss, computed independently


@pytest.fixture(scope="module")
def expected(data):
    """The curve of the rule as the other tests have it."""
    return d2l.fit_ch7(sgd_momentum, zero_states(), SETTING, *data, seed=1).loss


def with_lerp(params, states, hyperparams):
    """An EWMA by ``lerp_``, which wants one dtype, scaled to momentum."""
    gamma = hyperparams["momentum"]
    for p, v in zip(params, states, strict=True):
        v.lerp_(p.grad, 1 - gamma)
        p.data.add_(v, alpha=-hyperparams["lr"] / (1 - gamma))


def with_addcmul(params, states, hyperparams):
    one = torch.ones(1)
    for p, v in zip(params, states, strict=True):
        v.mul_(hyperparams["momentum"]).addcmul_(p.grad, one, value=hyperparams["lr"])
        p.data.addcmul_(v, one, value=-1)


def with_dot(params, states, hyperparams):
    """A product of flattened tensors on the way, which wants one dtype."""
    for p, v in zip(params, states, strict=True):
        size = torch.dot(p.grad.flatten(), torch.ones(p.numel()))
        v[:] = hyperparams["momentum"] * v + hyperparams["lr"] * p.grad + 0 * size
        p.data -= v


def with_new_data(params, states, hyperparams):
    for p, v in zip(params, states, strict=True):
        v.data = (hyperparams["momentum"] * v + hyperparams["lr"] * p.grad).float()
        p.data = (p.data - v).float()


def without_grad(params, states, hyperparams):
    with torch.no_grad():
        for p, v in zip(params, states, strict=True):
            v.mul_(hyperparams["momentum"]).add_(hyperparams["lr"] * p.grad)
            p -= v


def by_index(params, states, hyperparams):
    with torch.no_grad():
        for i, v in enumerate(states):
            v[:] = hyperparams["momentum"] * v + hyperparams["lr"] * params[i].grad
            params[i] -= v


def that_returns(params, states, hyperparams):
    sgd_momentum(params, states, hyperparams)
    return params, states


def that_takes_its_list_apart(params, states, hyperparams):
    for v in states:
        p = params.pop(0)
        v[:] = hyperparams["momentum"] * v + hyperparams["lr"] * p.grad
        p.data -= v


def filling_a_list(params, states, hyperparams):
    if not states:
        states.extend(torch.zeros(p.shape) for p in params)
    sgd_momentum(params, states, hyperparams)


def filling_a_dict(params, states, hyperparams):
    for p in params:
        v = states.get(p, torch.zeros_like(p))
        states[p] = hyperparams["momentum"] * v + hyperparams["lr"] * p.grad
        p.data -= states[p]


def from_a_matrix_of_states(params, states, hyperparams):
    """All velocities in one tensor (6,)."""
    w, b = params
    g = torch.cat([w.grad.flatten(), b.grad])
    states[:] = hyperparams["momentum"] * states + hyperparams["lr"] * g
    w.data -= states[:5].reshape(5, 1)
    b.data -= states[5:]


SAME = {
    with_lerp: zero_states,
    with_addcmul: zero_states,
    with_dot: zero_states,
    with_new_data: zero_states,
    without_grad: zero_states,
    by_index: lambda: list(zero_states()),
    that_returns: zero_states,
    that_takes_its_list_apart: zero_states,
    filling_a_list: list,
    filling_a_dict: dict,
    from_a_matrix_of_states: lambda: torch.zeros(6),
}


@pytest.mark.parametrize("optimizer_fn", SAME)
def test_momentum_in_every_form(optimizer_fn, expected, data):
    got = d2l.fit_ch7(optimizer_fn, SAME[optimizer_fn](), SETTING, *data, seed=1).loss
    np.testing.assert_allclose(got, expected, rtol=1e-5)


def test_states_by_moment_with_a_counter_beside_them(data):
    """Adam with (first moments, second moments, counter), and its rate without hyperparams."""

    def adam(params, states, hyperparams):
        firsts, seconds, count = states
        count[0] += 1
        for p, m, s in zip(params, firsts, seconds, strict=True):
            m.lerp_(p.grad, 0.1)
            s.lerp_(p.grad**2, 0.001)
            m_hat = m / (1 - 0.9 ** count[0])
            s_hat = s / (1 - 0.999 ** count[0])
            p.data -= 0.01 * m_hat / (s_hat.sqrt() + 1e-6)

    states = (zero_states(), zero_states(), [0])
    own = d2l.fit_ch7(adam, states, None, *data, seed=1, start=zero_states())
    theirs = d2l.fit_pytorch_ch7(
        torch.optim.Adam, {"lr": 0.01, "eps": 1e-6}, *data, seed=1, start=zero_states()
    )
    np.testing.assert_allclose(own.loss, theirs.loss, rtol=1e-4)
    assert states[2] == [300]


class Rates:
    lr = 0.02
    momentum = 0.5


def test_hyperparams_of_any_kind(expected, data):
    def from_object(params, states, hyperparams):
        sgd_momentum(params, states, {"lr": hyperparams.lr, "momentum": hyperparams.momentum})

    def from_pair(params, states, hyperparams):
        sgd_momentum(params, states, dict(zip(("lr", "momentum"), hyperparams, strict=True)))

    for optimizer_fn, hyperparams in ((from_object, Rates()), (from_pair, (0.02, 0.5))):
        run = d2l.fit_ch7(optimizer_fn, zero_states(), hyperparams, *data, seed=1)
        assert run.loss == expected


class Plain:
    """Momentum without ``torch.optim``."""

    def __init__(self, params, lr, momentum):
        self.params = params
        self.rates = {"lr": lr, "momentum": momentum}
        self.states = None

    def step(self):
        self.states = self.states or [torch.zeros_like(p) for p in self.params]
        sgd_momentum(self.params, self.states, self.rates)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class WithArguments(Plain):
    def step(self, *args, **kwargs):
        assert not args
        super().step()


class OptionalClosure(Plain):
    def step(self, closure=None):
        assert closure is None
        super().step()


class Inherits(torch.optim.Optimizer):
    """``step(self)``, without the closure that ``torch.optim`` has."""

    def __init__(self, params, lr, momentum):
        super().__init__(params, {"lr": lr, "momentum": momentum})

    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                v = self.state[p].setdefault("v", torch.zeros_like(p))
                v.mul_(group["momentum"]).add_(p.grad, alpha=group["lr"])
                p.data -= v


class Unreadable(Plain):
    """Its ``step`` has no signature that Python can tell."""

    def __init__(self, params, lr, momentum):
        super().__init__(params, lr, momentum)
        taken = super().step
        self.step = type("Step", (), {"__call__": lambda _: taken(), "__signature__": 3})()


class BuiltIn(Plain):
    """Its ``step`` is ``next`` with an argument: not every Python tells the signature of that."""

    def __init__(self, params, lr, momentum):
        super().__init__(params, lr, momentum)
        taken = super().step
        self.step = functools.partial(next, (taken() for _ in itertools.count()))


def factory(params, **options):
    return torch.optim.SGD(params, **options)


@pytest.mark.parametrize(
    "optimizer_fn",
    [Plain, WithArguments, OptionalClosure, Inherits, Unreadable, BuiltIn, factory],
)
def test_any_object_that_steps_and_clears(optimizer_fn, data):
    start = zero_states()
    got = d2l.fit_pytorch_ch7(optimizer_fn, SETTING, *data, seed=1, start=start).loss
    sgd = d2l.fit_pytorch_ch7(torch.optim.SGD, SETTING, *data, seed=1, start=start).loss
    np.testing.assert_allclose(got, sgd, rtol=1e-5)


def test_no_hyperparameters(data):
    start = zero_states()
    runs = [
        d2l.fit_pytorch_ch7(torch.optim.Adam, h, *data, seed=1, start=start) for h in (None, {})
    ]
    assert runs[0].loss == runs[1].loss


@pytest.mark.parametrize("shape", [(1500, 1), (1500, 1, 1), (1, 1500)])
def test_labels_of_another_shape_are_the_same_labels(shape, expected, data):
    reshaped = data[1].reshape(shape)
    run = d2l.fit_ch7(sgd_momentum, zero_states(), SETTING, data[0], reshaped, seed=1)
    assert run.loss == expected
    concise = d2l.fit_pytorch_ch7(torch.optim.SGD, SETTING, data[0], reshaped, seed=1).loss
    assert concise == d2l.fit_pytorch_ch7(torch.optim.SGD, SETTING, *data, seed=1).loss


def train_both(data):
    """The losses of both loops; states are made as if by a cell of their own."""
    with torch.inference_mode(False):
        states = zero_states()
    mine = d2l.fit_ch7(sgd_momentum, states, SETTING, *data, seed=1)
    theirs = d2l.fit_pytorch_ch7(torch.optim.SGD, SETTING, *data, seed=1)
    return mine.loss, theirs.loss


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_where_gradients_are_off(mode, data):
    plain = train_both(data)
    with mode():
        assert train_both(data) == plain
        made_inside = [t * 1.0 for t in data]
        assert train_both(made_inside) == plain
        assert not torch.is_grad_enabled()
    assert train_both(made_inside) == plain


def test_data_that_ask_for_gradients(data):
    asking = [t.clone().requires_grad_() for t in data]
    assert train_both(asking) == train_both(data)
    assert asking[0].grad is None


def everything(data):
    """What depends on the defaults of torch if anything does."""
    table = d2l.sweep_ch7([(0.02, 0.5)], [1], *data)
    drawn = d2l.draw_run(1, 4, 3)
    linear = d2l.draw_run(1, 4, 3, linear=True)
    ends = d2l.sweep_2d([0.4, 0.6], 0.5)
    mean = d2l.mean_loss(*data, 0.02, 0.5, steps=5)
    features, labels = d2l.get_data_ch7()
    return [
        *train_both(data), table.loss.tolist(), *(t.tolist() for t in (*drawn, *linear, ends)),
        mean.tolist(), features.sum().item(), labels.sum().item(), str(features.dtype),
    ]  # fmt: skip


def test_a_default_dtype_of_the_user(data):
    plain = everything(data)
    torch.set_default_dtype(torch.float64)
    try:
        assert everything(data) == plain
    finally:
        torch.set_default_dtype(torch.float32)


def test_a_default_device_of_the_user(data):
    """On "meta" nothing can be computed: whatever were made there would fail."""
    plain = everything(data)
    states = zero_states()
    torch.set_default_device("meta")
    try:
        single = d2l.fit_ch7(sgd_momentum, states, SETTING, *data, seed=1).loss
        assert single == plain[0]
        assert everything_but_states(data) == plain[1:]
    finally:
        torch.set_default_device(None)


def everything_but_states(data):
    """The same, without the states that this file itself makes on the default device."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "train_both", lambda data: [concise_losses(data)])
        return everything(data)


def concise_losses(data):
    return d2l.fit_pytorch_ch7(torch.optim.SGD, SETTING, *data, seed=1).loss


class Elsewhere(torch.Tensor):
    """A tensor as on a device that knows no float64, and no numpy: until ``cpu()``."""

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        name = getattr(function, "__name__", "")
        if name == "cpu":
            return args[0].as_subclass(torch.Tensor).clone()
        if name in ("numpy", "__array__"):
            raise TypeError("cannot convert a tensor elsewhere to numpy")
        returned = super().__torch_function__(function, types, args, kwargs or {})
        if isinstance(returned, torch.Tensor) and returned.dtype == torch.float64:
            raise TypeError("no float64 on this device")
        return returned


def test_data_on_another_device(data):
    away = [t.as_subclass(Elsewhere) for t in data]
    with pytest.raises(TypeError, match="no float64"):
        away[0].double()
    with pytest.raises(TypeError, match="to numpy"):
        np.asarray(away[0])
    assert train_both(away) == train_both(data)
    table = d2l.sweep_ch7([(0.02, 0.5)], [1], *away)
    assert table.equals(d2l.sweep_ch7([(0.02, 0.5)], [1], *data))
    mean = d2l.mean_loss(*away, 0.02, 0.5, steps=5)
    assert mean.tolist() == d2l.mean_loss(*data, 0.02, 0.5, steps=5).tolist()


def test_integer_and_boolean_data():
    X = torch.tensor([[1, 0], [0, 1], [1, 1], [0, 0]])
    plain = train_small(X.float(), torch.arange(4.0))
    assert train_small(X, torch.arange(4)) == plain
    assert train_small(X.bool(), torch.arange(4)) == plain
    assert train_small(X.float(), torch.arange(4).to(torch.uint8)) == plain


def train_small(X, y):
    def sgd(params, states, hyperparams):
        for p in params:
            p.data -= 0.1 * p.grad

    return d2l.fit_ch7(sgd, None, None, X, y, seed=0).loss


def test_accumulating_gradients_is_no_mistake(data):
    """Only each second step changes a parameter: no warning."""

    def every_second(params, states, hyperparams):
        for p, total in zip(params, states["sums"], strict=True):
            total += p.grad
            if states["steps"] % 2:
                p.data -= 0.01 * total
                total.zero_()
        states["steps"] += 1

    history = d2l.fit_ch7(every_second, {"sums": zero_states(), "steps": 0}, None, *data, seed=1)
    assert FLOOR < history.loss[-1] < 0.26


# Trainers in two dimensions.


def with_tensors(x1, x2, s1, s2):
    x = torch.tensor([x1, x2], dtype=torch.float64, requires_grad=True)
    (0.1 * x[0] ** 2 + 2 * x[1] ** 2).backward()
    s1 = 0.5 * s1 + 0.4 * x.grad[0]
    s2 = 0.5 * s2 + 0.4 * x.grad[1]
    return x[0] - s1, x[1] - s2, s1, s2


def with_tensors_without_gradient(x1, x2, s1, s2):
    with torch.no_grad():
        return with_arrays(*(torch.tensor([v], dtype=torch.float64) for v in (x1, x2, s1, s2)))


def with_arrays(x1, x2, s1, s2):
    s1 = 0.5 * s1 + 0.4 * 0.2 * x1
    s2 = 0.5 * s2 + 0.4 * 4 * x2
    return [x1 - s1, x2 - s2, s1, s2]


def with_numpy(x1, x2, s1, s2):
    return np.array(with_arrays(*map(np.float64, (x1, x2, s1, s2))))


def with_arrays_of_one(x1, x2, s1, s2):
    return with_arrays(*(np.array([v]) for v in (x1, x2, s1, s2)))


@pytest.mark.parametrize(
    "trainer", [with_tensors, with_tensors_without_gradient, with_numpy, with_arrays_of_one]
)
def test_trainers_that_return_tensors_and_arrays(trainer, capsys):
    points = d2l.train_2d(trainer)
    assert capsys.readouterr().out == "epoch 20, x1 -0.062843, x2 0.001202\n"
    assert {type(x) for point in points for x in point} == {float}
    d2l.show_trace_2d(lambda x1, x2: 0.1 * x1**2 + 2 * x2**2, points)


def test_states_that_are_no_numbers():
    """A trainer may keep what it likes, and gets it back: here (velocity, count)."""

    def trainer(x1, x2, s1, s2):
        v1, count = s1 or (0.0, 0)
        v2, _ = s2 or (0.0, 0)
        v1 = 0.5 * v1 + 0.4 * 0.2 * x1
        v2 = 0.5 * v2 + 0.4 * 4 * x2
        return x1 - v1, x2 - v2, (v1, count + 1), (v2, None)

    trace = d2l.trace_2d(trainer)
    assert [f"{x:f}" for x in trace.points[-1]] == ["-0.062843", "0.001202"]
    assert trace.states[-1][0][1] == 20
    assert trace.states[0] == (0, 0)


def test_states_that_are_words_or_several_numbers():
    def trainer(x1, x2, s1, s2):
        return x1, x2, torch.ones(2) + s1, "warm"

    states = d2l.trace_2d(trainer, steps=2).states
    assert [s.tolist() for s, _ in states[1:]] == [[1, 1], [2, 2]]
    assert [s for _, s in states] == [0, "warm", "warm"]


def test_the_published_import_path():
    import d2lzh_pytorch.utils as published

    assert published.__all__ == d2l.__all__
    for name in d2l.__all__:
        assert getattr(published, name) is getattr(d2l, name)


def test_nan_marks_what_overflowed(capsys):
    with pytest.warns(RuntimeWarning, match="beyond floating point at step 1; lower eta") as caught:
        points = d2l.train_2d(lambda x1, x2, s1, s2: ((x1 * 1e200) ** 2, x2, s1, s2), steps=2)
    assert [w.filename for w in caught] == [__file__]
    assert math.isnan(points[-1][0])
    assert capsys.readouterr().out == "epoch 2, x1 nan, x2 nan\n"
