"""Bad input to the loops and sweeps: one whole message, before anything is trained or printed."""

import copy
import functools

import numpy as np
import pandas as pd
import pytest
import torch
from messages import told
from optimizers import sgd_momentum, zero_states

import d2lzh_pytorch as d2l
from d2lzh_pytorch.data import airfoil_file, read_airfoil


def never(params, states, hyperparams):
    raise AssertionError("training started")


X = torch.ones(30, 5)
Y = torch.ones(30)
INTEGER = "pass a whole number without a decimal point"
CONVERT = "dtype=torch.float32)"
FRAME = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]})

BOTH = [
    ({"batch_size": 0}, ValueError, "batch_size must be at least 1, got 0; pass 1 or more"),
    ({"batch_size": -3}, ValueError, "batch_size must be at least 1, got -3; pass 1 or more"),
    (
        {"batch_size": 2.5},
        TypeError,
        f"batch_size must be an integer at least 1, got 2.5; {INTEGER}",
    ),
    (
        {"batch_size": True},
        TypeError,
        f"batch_size must be an integer at least 1, got True; {INTEGER}",
    ),
    ({"num_epochs": 0}, ValueError, "num_epochs must be at least 1, got 0; pass 1 or more"),
    (
        {"num_epochs": "2"},
        TypeError,
        f"num_epochs must be an integer at least 1, got '2'; {INTEGER}",
    ),
    (
        {"seed": -1},
        ValueError,
        "seed must be between 0 and 9223372036854775807, got -1; pass a number in this range",
    ),
    (
        {"seed": 2**63},
        ValueError,
        "seed must be between 0 and 9223372036854775807, got 9223372036854775808; "
        "pass a number in this range",
    ),
    (
        {"seed": 1.7},
        TypeError,
        f"seed must be an integer between 0 and 9223372036854775807, got 1.7; {INTEGER}",
    ),
    (
        {"labels": Y},
        ValueError,
        "labels must have shape (1500,), got shape (30,); give one label per row of features",
    ),
    (
        {"features": np.ones((30, 5))},
        TypeError,
        "features must be a torch.Tensor, got numpy.ndarray; "
        f"convert it with torch.tensor(features, {CONVERT}",
    ),
    (
        {"features": [[1.0]]},
        TypeError,
        "features must be a torch.Tensor, got list; "
        f"convert it with torch.tensor(features, {CONVERT}",
    ),
    (
        {"labels": FRAME["a"]},
        TypeError,
        "labels must be a torch.Tensor, got pandas.Series; "
        f"convert it with torch.tensor(labels.to_numpy('float32'), {CONVERT}",
    ),
    (
        {"features": FRAME},
        TypeError,
        "features must be a torch.Tensor, got pandas.DataFrame; "
        f"convert it with torch.tensor(features.to_numpy('float32'), {CONVERT}",
    ),
    (
        {"features": Y},
        ValueError,
        "features must have shape (n, d) with n, d >= 1, got shape (30,); "
        "give one row an example and one column a feature",
    ),
    (
        {"features": X[:0]},
        ValueError,
        "features must have shape (n, d) with n, d >= 1, got shape (0, 5); "
        "give one row an example and one column a feature",
    ),
    (
        {"features": X * torch.nan, "labels": Y},
        ValueError,
        "features must hold finite numbers, got nan at [0, 0]; remove or fill such rows",
    ),
    (
        {"labels": torch.full((1500,), torch.inf)},
        ValueError,
        "labels must hold finite numbers, got inf at [0]; remove or fill such rows",
    ),
    (
        {"features": X + 0j},
        TypeError,
        "features must hold real numbers, got torch.complex64; use features.real",
    ),
]
SCRATCH = [
    (
        {"optimizer_fn": None},
        TypeError,
        "optimizer_fn must be callable, got None; "
        "pass a function called as optimizer_fn(params, states, hyperparams)",
    ),
    (
        {"optimizer_fn": torch.optim.SGD},
        TypeError,
        "optimizer_fn must be a plain function, got <class 'torch.optim.sgd.SGD'>; "
        "use train_pytorch_ch7 for torch.optim classes",
    ),
    (
        {"states": iter(())},
        TypeError,
        "states must last for every step, got tuple_iterator; "
        "pass list(states): an iterator is used up by the first step",
    ),
]
WITHOUT_CLOSURE = "optimizer_fn must step without a closure, got"
CONCISE = [
    (
        {"optimizer_fn": None},
        TypeError,
        "optimizer_fn must be callable, got None; "
        "pass a function called as a torch.optim class, such as SGD",
    ),
    (
        {"optimizer_fn": torch.optim.LBFGS},
        TypeError,
        f"{WITHOUT_CLOSURE} LBFGS; use SGD, Adam or another that needs none",
    ),
    (
        {"optimizer_hyperparams": [1]},
        TypeError,
        "optimizer_hyperparams must be a dict such as {'lr': 0.02}, got [1]; "
        "it becomes the keyword arguments of optimizer_fn",
    ),
    (
        {"optimizer_fn": lambda p, lr: 3},
        TypeError,
        "optimizer_fn must give an object with step and zero_grad, got 3; "
        "pass a torch.optim class, or use train_ch7 for your own function",
    ),
]


@pytest.mark.parametrize(("change", "error", "message"), BOTH + SCRATCH)
def test_scratch(change, error, message, data, capsys):
    arguments = {"optimizer_fn": never, "states": None, "hyperparams": {"lr": 0.02}}
    arguments |= {"features": data[0], "labels": data[1], **change}
    told(error, message, d2l.train_ch7, **arguments)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("change", "error", "message"), BOTH + CONCISE)
def test_concise(change, error, message, data, capsys):
    arguments = {"optimizer_fn": torch.optim.SGD, "optimizer_hyperparams": {"lr": 0.02}}
    arguments |= {"features": data[0], "labels": data[1], **change}
    told(error, message, d2l.train_pytorch_ch7, **arguments)
    assert capsys.readouterr().out == ""


NAMELESS = functools.partial(torch.optim.SGD, momentum=0.5)


@pytest.mark.parametrize(
    ("optimizer_fn", "hyperparams", "error", "start", "remedy"),
    [
        (torch.optim.SGD, {"rate": 1}, TypeError, "SGD, got {'rate': 1}: ", "see its signature"),
        (torch.optim.SGD, {"lr": -1}, ValueError, "SGD, got {'lr': -1}: Invalid", "see its"),
        (sgd_momentum, {"lr": 1}, TypeError, "sgd_momentum, got {'lr': 1}: ", "use train_ch7 for"),
        (NAMELESS, {"rate": 1}, TypeError, f"{NAMELESS!r}, got {{'rate': 1}}: ", "use train_ch7"),
    ],
)
def test_hyperparams_that_do_not_fit(optimizer_fn, hyperparams, error, start, remedy, data):
    """In the middle stands what torch or Python says."""
    with pytest.raises(error) as caught:
        d2l.fit_pytorch_ch7(optimizer_fn, hyperparams, *data)
    assert str(caught.value).startswith(f"optimizer_hyperparams must fit {start}")
    assert str(caught.value).rpartition("; ")[2].startswith(remedy)


class OnlySteps:
    def __init__(self, params, lr):
        pass

    def step(self):
        pass

    def __repr__(self):
        return "half an optimizer"


class OnlyClears(OnlySteps):
    step = None

    def zero_grad(self):
        pass


@pytest.mark.parametrize("kind", [OnlySteps, OnlyClears])
def test_an_object_that_does_half(kind, data):
    message = (
        "optimizer_fn must give an object with step and zero_grad, got half an optimizer; "
        "pass a torch.optim class, or use train_ch7 for your own function"
    )
    told(TypeError, message, d2l.fit_pytorch_ch7, kind, {"lr": 0.1}, *data)


def test_the_remedy_for_a_table_works(data):
    table = pd.DataFrame(data[0].numpy()).astype(object)
    names = {"features": table, "labels": pd.Series(data[1].numpy()), "torch": torch}
    for name in ("features", "labels"):
        with pytest.raises(TypeError) as caught:
            d2l.fit_ch7(never, None, None, names["features"], names["labels"])
        expression = str(caught.value).partition("convert it with ")[2]
        names[name] = eval(expression, copy.copy(names))
    converted = names["features"], names["labels"]
    run = d2l.fit_ch7(sgd_momentum, zero_states(), {"lr": 0.1, "momentum": 0}, *converted, seed=1)
    assert run.loss[-1] < 0.26


@pytest.mark.parametrize("fit", ["scratch", "concise"])
@pytest.mark.parametrize(
    ("start", "got"),
    [
        ((torch.zeros(5), torch.zeros(1)), "[(5,), (1,)]"),
        ((torch.zeros(5, 1),), "tuple"),
        (3, "int"),
        (torch.zeros(2, 5, 1), "Tensor"),
    ],
)
def test_start_of_another_shape(start, got, fit, data):
    message = (
        f"start must be tensors (w, b) of shapes (5, 1) and (1,), got {got}; "
        "pass (torch.zeros(5, 1), torch.zeros(1)), say"
    )
    if fit == "scratch":
        told(ValueError, message, d2l.fit_ch7, never, None, None, *data, start=start)
    else:
        told(ValueError, message, d2l.fit_pytorch_ch7, torch.optim.SGD, {}, *data, start=start)


def test_a_failing_optimizer_says_what_it_was_given(data):
    with pytest.raises(KeyError) as error:
        d2l.fit_ch7(sgd_momentum, zero_states(), {"lr": 0.1}, *data)
    (note,) = error.value.__notes__
    assert note.startswith("optimizer_fn failed with states (tensor([[0.]")
    assert note.endswith("and hyperparams {'lr': 0.1}: do both fit what it expects?")


# What an optimizer does wrong: told at its first step, or after the run.


def replaces_in_the_list(params, states, hyperparams):
    for i in range(len(params)):
        params[i] = 7


def changes_the_dtype(params, states, hyperparams):
    params[1].data = params[1].data.double()


def changes_the_shape(params, states, hyperparams):
    params[0].data = params[0].data.flatten()


DTYPE = "create states with dtype=p.dtype, or write p.data = (...).to(p.dtype)"
WRONG = [
    (
        replaces_in_the_list,
        "optimizer_fn must not replace a parameter, got params[0] = 7; "
        "write params[0].data -= ..., which changes the parameter itself",
    ),
    (
        changes_the_dtype,
        "optimizer_fn must keep a parameter torch.float32 (1,), got torch.float64 (1,); " + DTYPE,
    ),
    (
        changes_the_shape,
        "optimizer_fn must keep a parameter torch.float32 (5, 1), got torch.float32 (5,); " + DTYPE,
    ),
]


@pytest.mark.parametrize(("optimizer_fn", "message"), WRONG)
def test_parameters_that_are_lost(optimizer_fn, message, data, capsys):
    told(TypeError, message, d2l.train_ch7, optimizer_fn, None, None, *data)
    assert capsys.readouterr().out == ""


def binds_a_name(params, states, hyperparams):
    for p in params:
        p = p - 0.1 * p.grad


def returns_new_ones(params, states, hyperparams):
    return [p - 0.1 * p.grad for p in params]


def has_no_states_to_pair_with(params, states, hyperparams):
    for p, v in zip(params, states, strict=False):
        p.data -= v


class Idle:
    def __init__(self, params, **rates):
        pass

    def step(self):
        pass

    def zero_grad(self):
        pass


UNCHANGED = (
    "optimizer_fn must change the parameters, got the initial ones back; "
    "change them in place: p.data -= lr * p.grad, not p = p - lr * p.grad"
)


def train(optimizer_fn, data):
    if optimizer_fn is Idle:
        d2l.train_pytorch_ch7(Idle, {"lr": 0.1}, *data, seed=0)
    else:
        d2l.train_ch7(optimizer_fn, (), {"lr": 0.1}, *data, seed=0)


@pytest.mark.parametrize(
    "optimizer_fn", [binds_a_name, returns_new_ones, has_no_states_to_pair_with, Idle]
)
def test_parameters_that_never_change(optimizer_fn, data):
    with pytest.warns(RuntimeWarning) as caught:
        train(optimizer_fn, data)
    assert [str(w.message) for w in caught] == [UNCHANGED]
    assert [w.filename for w in caught] == [__file__]


def test_a_learning_rate_of_zero_is_meant(data):
    d2l.fit_ch7(sgd_momentum, zero_states(), {"lr": 0.0, "momentum": 0.5}, *data)
    with pytest.warns(RuntimeWarning, match="must change the parameters"):
        d2l.fit_ch7(binds_a_name, None, {"lr": np.array([0.0, 1.0])}, *data)


# Why a run diverged.


def message_of(data, hyperparams, optimizer_fn=sgd_momentum):
    with pytest.warns(RuntimeWarning) as caught:
        d2l.train_ch7(optimizer_fn, zero_states(), hyperparams, *data, seed=0)
    (one,) = caught
    assert one.filename == __file__
    return str(one.message)


def test_data_that_were_never_standardised(data):
    raw = torch.tensor(read_airfoil(airfoil_file()).to_numpy("float32"))[:1500]
    message = message_of((raw[:, :5], raw[:, 5]), {"lr": 0.02, "momentum": 0.5})
    mean_square = raw[:, 0].double().square().mean().item()
    cause = f"the mean square of features[:, 0] is {mean_square:.3g} instead of 1"
    assert message.endswith(
        f"; the features were not standardised ({cause}): standardise each column"
    )


@pytest.mark.parametrize(("scale", "told_so"), [(3.1, False), (3.3, True)])
def test_the_scale_that_is_told(scale, told_so, data):
    """Mean squares of 9.6 and 10.9 in the last column."""
    features = data[0] * torch.tensor([1, 1, 1, 1, scale])
    message = message_of((features, data[1]), {"lr": 5.0, "momentum": 0.9})
    assert ("features[:, 4]" in message) == told_so
    assert ("lower lr, or momentum" in message) != told_so


NOT_POSITIVE = "lr must be positive, got {}: pass a small one such as 0.01"


@pytest.mark.parametrize("lr", [-0.5, float("nan")])
def test_a_learning_rate_that_cannot_be(lr, data):
    message = message_of(data, {"lr": lr, "momentum": 0.5})
    assert message.endswith("; " + NOT_POSITIVE.format(lr))


def test_hyperparams_that_cannot_be_read(data):
    def explode(params, states, hyperparams):
        for p in params:
            p.data += 1e4

    for hyperparams in (None, {"lr": "large"}, {"lr": torch.ones(2)}, {"lr": [1]}, 3):
        message = message_of(data, hyperparams, explode)
        assert "; the learning rate is probably too large for this momentum: lower lr" in message
    assert message_of(data, {"lr": 0}, explode).endswith("; " + NOT_POSITIVE.format(0.0))


# Sweeps and the exact mean.

PAIRS = "pass pairs (lr, momentum), such as [(0.02, 0.5), (0.004, 0.9)]"
SEEDS = "pass range(20) for twenty runs, or [3] for the run of seed 3"
SWEEP = [
    ({"batch_size": 0}, ValueError, "batch_size must be at least 1, got 0; pass 1 or more"),
    ({"num_epochs": 0}, ValueError, "num_epochs must be at least 1, got 0; pass 1 or more"),
    (
        {"seeds": [4, -1]},
        ValueError,
        "seeds[1] must be between 0 and 9223372036854775807, got -1; pass a number in this range",
    ),
    (
        {"seeds": [1.7]},
        TypeError,
        f"seeds[0] must be an integer between 0 and 9223372036854775807, got 1.7; {INTEGER}",
    ),
    ({"seeds": 3}, TypeError, f"seeds must be a list of integers, got 3; {SEEDS}"),
    ({"seeds": "12"}, TypeError, f"seeds must be a list of integers, got '12'; {SEEDS}"),
    (
        {"seeds": []},
        ValueError,
        "seeds must hold at least one integer, got none; pass range(20), say",
    ),
    ({"settings": []}, ValueError, f"settings must hold at least one pair, got none; {PAIRS}"),
    ({"settings": 0.02}, TypeError, f"settings must be pairs (lr, momentum), got 0.02; {PAIRS}"),
    ({"settings": "ab"}, TypeError, f"settings must be pairs (lr, momentum), got 'ab'; {PAIRS}"),
    (
        {"settings": [(0.02, 0.5), 0.9]},
        TypeError,
        f"settings[1] must be a pair of numbers (lr, momentum), got 0.9; {PAIRS}",
    ),
    (
        {"settings": [(0.02, 0.5, 10)]},
        TypeError,
        f"settings[0] must be a pair of numbers (lr, momentum), got (0.02, 0.5, 10); {PAIRS}",
    ),
    (
        {"settings": [(torch.ones(2), 0.5)]},
        TypeError,
        "settings[0] must be a pair of numbers (lr, momentum), "
        f"got (tensor([1., 1.]), 0.5); {PAIRS}",
    ),
    (
        {"settings": {"lr": 0.02}},
        TypeError,
        f"settings[0] must be a pair of numbers (lr, momentum), got {{'lr': 0.02}}; {PAIRS}",
    ),
    (
        {"settings": [(float("inf"), 0.5)]},
        ValueError,
        f"settings[0] must hold finite numbers, got (inf, 0.5); {PAIRS}",
    ),
    (
        {"settings": [(0.02, float("nan"))]},
        ValueError,
        f"settings[0] must hold finite numbers, got (0.02, nan); {PAIRS}",
    ),
    BOTH[9],
    BOTH[10],
]


@pytest.mark.parametrize(("change", "error", "message"), SWEEP)
def test_sweep(change, error, message, data):
    arguments = {"settings": [(0.02, 0.5)], "seeds": [0], "features": data[0], "labels": data[1]}
    told(error, message, d2l.sweep_ch7, **{**arguments, **change})


@pytest.mark.parametrize(
    "settings",
    [
        (0.02, 0.5),
        [0.02, 0.5],
        torch.tensor([0.02, 0.5], dtype=torch.float64),
        torch.tensor([[0.02, 0.5]], dtype=torch.float64),
        {"lr": 0.02, "momentum": 0.5},
        [{"momentum": 0.5, "lr": 0.02}],
        np.array([[0.02, 0.5]]),
        (pair for pair in [(0.02, 0.5)]),
    ],
)
def test_settings_whose_meaning_is_plain(settings, data):
    table = d2l.sweep_ch7(settings, (s for s in [3]), *data)
    run = d2l.fit_ch7(sgd_momentum, zero_states(), {"lr": 0.02, "momentum": 0.5}, *data, seed=3)
    np.testing.assert_allclose(table.loss, run.loss, rtol=1e-5)


MEAN = "pass them as mean_loss(features, labels, 0.02, 0.5)"
MEAN_LOSS = [
    ({"lr": (0.02, 0.5)}, TypeError, f"lr must be a number, got (0.02, 0.5); {MEAN}"),
    ({"lr": float("inf")}, ValueError, f"lr must be finite, got inf; {MEAN}"),
    ({"lr": "fast"}, TypeError, f"lr must be a number, got 'fast'; {MEAN}"),
    ({"lr": torch.ones(2)}, TypeError, f"lr must be a number, got tensor([1., 1.]); {MEAN}"),
    ({"momentum": None}, TypeError, f"momentum must be a number, got None; {MEAN}"),
    ({"batch_size": 0}, ValueError, "batch_size must be at least 1, got 0; pass 1 or more"),
    ({"steps": -1}, ValueError, "steps must be at least 0, got -1; pass 0 or more"),
    ({"steps": 2.5}, TypeError, f"steps must be an integer at least 0, got 2.5; {INTEGER}"),
    BOTH[9],
    BOTH[10],
]


@pytest.mark.parametrize(("change", "error", "message"), MEAN_LOSS)
def test_mean_loss(change, error, message, data):
    arguments = {"lr": 0.02, "momentum": 0.5, "features": data[0], "labels": data[1]}
    told(error, message, d2l.mean_loss, **{**arguments, **change})


def test_mean_loss_that_diverges_is_no_error(data):
    losses = d2l.mean_loss(*data, 5.0, 0.9, steps=2000)
    assert not np.isfinite(losses[-1])
    assert np.isfinite(losses[:20]).all()


SWEEP_2D = [
    ({"steps": 0}, ValueError, "steps must be at least 1, got 0; pass 1 or more"),
    (
        {"start": (1, 2, 3)},
        ValueError,
        "curvatures and start must have one entry per direction, got 2 and 3; "
        "give both the same length",
    ),
]


@pytest.mark.parametrize(("change", "error", "message"), SWEEP_2D)
def test_sweep_2d(change, error, message):
    told(error, message, d2l.sweep_2d, 0.3, 0.6, **change)


@pytest.mark.parametrize("dtype", [torch.int64, "float64", np.float64])
def test_dtype_of_the_data(dtype):
    message = (
        f"dtype must be a floating torch.dtype, got {dtype!r}; pass torch.float32 or torch.float64"
    )
    told(TypeError, message, d2l.get_data_ch7, dtype=dtype)


def test_draw_run():
    for name in ("n", "d", "num_epochs"):
        arguments = {"seed": 1, "n": 4, "d": 2, "num_epochs": 2, name: 0}
        message = f"{name} must be at least 1, got 0; pass 1 or more"
        told(ValueError, message, d2l.draw_run, **arguments)
    d2l.draw_run(2**63 - 1, 4, 2)


def test_a_table_that_is_not_whole(data):
    table = d2l.sweep_ch7([(0.02, 0.5), (0.1, 0)], [1, 2], *data, num_epochs=1)
    for spoilt in (table[:-1], table[::-1], table.iloc[1:].iloc[:32], table[:0]):
        message = (
            "table must hold each setting and seed once, all records, "
            f"got {len(spoilt)} rows; pass it as sweep_ch7 returned it"
        )
        told(ValueError, message, d2l.loss_curves, spoilt)
    twice = d2l.sweep_ch7([(0.02, 0.5)], [1, 1], *data, num_epochs=1)
    with pytest.raises(ValueError, match="each setting and seed once"):
        d2l.loss_curves(twice)
