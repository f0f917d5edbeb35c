import math

import numpy as np
import pytest
import torch
from messages import told

import d2lzh_pytorch as d2l


def f_2d(x1, x2):
    return 0.1 * x1**2 + 2 * x2**2


def momentum_2d(eta, gamma):
    def step(x1, x2, v1, v2):
        v1, v2 = gamma * v1 + eta * 0.2 * x1, gamma * v2 + eta * 4 * x2
        return x1 - v1, x2 - v2, v1, v2

    return step


def published_momentum_2d(x1, x2, v1, v2):
    """The shape in which the neighbouring chapters write a trainer: globals and a new state."""
    v1 = 0.5 * v1 + 0.6 * 0.2 * x1
    v2 = 0.5 * v2 + 0.6 * 4 * x2
    return x1 - v1, x2 - v2, v1, v2


PUBLISHED = {
    (0.4, 0): "epoch 20, x1 -0.943467, x2 -0.000073\n",
    (0.6, 0): "epoch 20, x1 -0.387814, x2 -1673.365109\n",
    (0.4, 0.5): "epoch 20, x1 -0.062843, x2 0.001202\n",
    (0.6, 0.5): "epoch 20, x1 0.007188, x2 0.002553\n",
}


@pytest.mark.parametrize("setting", PUBLISHED)
def test_published_endpoints(setting, capsys):
    points = d2l.train_2d(momentum_2d(*setting))
    assert capsys.readouterr().out == PUBLISHED[setting]
    assert (len(points), points[0]) == (21, (-5.0, -2.0))


def test_trace_holds_points_and_states():
    trace = d2l.trace_2d(published_momentum_2d, steps=3, start=(1, 2))
    points, states = np.array(trace.points), np.array(trace.states)
    assert points.shape == states.shape == (4, 2)
    np.testing.assert_allclose(points[:-1] - points[1:], states[1:], atol=1e-15)


def test_overflow_ends_as_nan_with_a_warning(capsys):
    def squares(x1, x2, s1, s2):
        return x1**2, x2**2, s1, s2

    with pytest.warns(RuntimeWarning) as caught:
        points = d2l.train_2d(squares)
    assert [str(w.message) for w in caught] == [
        "the trace diverged beyond floating point at step 9; lower eta"
    ]
    assert capsys.readouterr().out == "epoch 20, x1 nan, x2 nan\n"
    assert len(points) == 21
    assert math.isnan(points[-1][0])
    d2l.show_trace_2d(f_2d, points)


RETURN = "end it with 'return x1, x2, s1, s2'"
FOUR = "trainer must return numbers x1, x2 and states s1, s2, got"
PAIR = "pass two numbers such as (-5, -2)"
BAD = [
    (
        {"trainer": 3},
        TypeError,
        "trainer must be callable, got 3; pass a function called as trainer(x1, x2, s1, s2)",
    ),
    ({"trainer": lambda *s: s[:2]}, TypeError, f"{FOUR} (-5.0, -2.0); {RETURN}"),
    ({"trainer": lambda *s: None}, TypeError, f"{FOUR} None; {RETURN}"),
    ({"trainer": lambda *s: "abcd"}, TypeError, f"{FOUR} 'abcd'; {RETURN}"),
    (
        {"trainer": lambda *s: (torch.ones(2), 0, 0, 0)},
        TypeError,
        f"{FOUR} (tensor([1., 1.]), 0, 0, 0); {RETURN}",
    ),
    ({"steps": 0}, ValueError, "steps must be at least 1, got 0; pass 1 or more"),
    (
        {"steps": 2.5},
        TypeError,
        "steps must be an integer at least 1, got 2.5; pass a whole number without a decimal point",
    ),
    (
        {"start": (1, 2, 3)},
        TypeError,
        f"start must be a pair of numbers (x1, x2), got (1, 2, 3); {PAIR}",
    ),
    (
        {"start": 3},
        TypeError,
        f"start must be a pair of numbers (x1, x2), got 3; {PAIR}",
    ),
    (
        {"start": (torch.ones(2), 0)},
        TypeError,
        f"start must be a pair of numbers (x1, x2), got (tensor([1., 1.]), 0); {PAIR}",
    ),
    ({"start": (math.nan, 0)}, ValueError, f"start must be finite, got (nan, 0.0); {PAIR}"),
    ({"start": (0, -math.inf)}, ValueError, f"start must be finite, got (0.0, -inf); {PAIR}"),
]


@pytest.mark.parametrize(("change", "error", "message"), BAD)
def test_bad_arguments(change, error, message, capsys):
    arguments = {"trainer": published_momentum_2d, **change}
    told(error, message, d2l.train_2d, **arguments)
    assert capsys.readouterr().out == ""
