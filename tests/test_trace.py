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

    with pytest.warns(RuntimeWarning, match="diverged beyond floating point at step 9"):
        points = d2l.train_2d(squares)
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
    ({"start": (math.nan, 0)}, ValueError, f"start must be finite, got (nan, 0.0); {PAIR}"),
    ({"start": (0, -math.inf)}, ValueError, f"start must be finite, got (0.0, -inf); {PAIR}"),
]


@pytest.mark.parametrize(("change", "error", "message"), BAD)
def test_bad_arguments(change, error, message, capsys):
    arguments = {"trainer": published_momentum_2d, **change}
    told(error, message, d2l.train_2d, **arguments)
    assert capsys.readouterr().out == ""


def test_figure_of_a_trace():
    trace = d2l.trace_2d(momentum_2d(0.4, 0))
    assert (trace.points[0], trace.states[0]) == ((-5, -2), (0, 0))
    d2l.show_trace_2d(f_2d, trace.points)
    (axes,) = d2l.plt.gcf().axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x_1$", "$x_2$")
    assert len(axes.lines[0].get_xdata()) == 21
    assert axes.get_legend() is None
    # No number of a trace that stays in view is worth a remark.
    assert axes.get_title(loc="right") == ""


def test_contours_stay_visible_when_a_trace_flies_off():
    d2l.show_trace_2d(f_2d, d2l.trace_2d(momentum_2d(0.6, 0)).points)
    (axes,) = d2l.plt.gcf().axes
    low, high = axes.get_ylim()
    assert high - low < 12
    assert axes.get_title(loc="right") == "17 of 21 points outside"
    (contours,) = axes.collections
    drawn = [path for path in contours.get_paths() if len(path.vertices)]
    assert len(drawn) >= 8


def test_several_traces_share_one_axes_and_a_legend():
    figure, axes = d2l.plt.subplots()
    runs = {name: d2l.trace_2d(momentum_2d(0.4, g)).points for name, g in (("a", 0), ("b", 0.5))}
    d2l.show_trace_2d(f_2d, runs, ax=axes)
    assert figure.axes == [axes]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["a", "b"]
    assert axes.lines[0].get_marker() != axes.lines[1].get_marker()


def test_figure_refuses_what_is_no_trace():
    with pytest.raises(ValueError, match=r"results must be a list of \(x1, x2\), got shape \(3,\)"):
        d2l.show_trace_2d(f_2d, [1, 2, 3])
    with pytest.raises(TypeError, match="f must be callable, got 7"):
        d2l.show_trace_2d(7, [(0, 0)])


def test_figure_keeps_the_size_that_was_set():
    d2l.set_figsize((6, 4))
    d2l.show_trace_2d(f_2d, [(-5, -2), (0, 0)])
    assert d2l.plt.gcf().get_size_inches().tolist() == [6, 4]


def test_every_trace_of_many_is_drawn():
    d2l.show_trace_2d(f_2d, {str(i): [(-5, -2), (0, i / 9)] for i in range(8)})
    assert len(d2l.plt.gca().lines) == 8


def test_figure_refuses_a_function_that_is_no_field():
    with pytest.raises(ValueError, match=r"f must return one value a point, .* got shape \(\)"):
        d2l.show_trace_2d(lambda x1, x2: 3, [(0, 0), (1, 1)])
    d2l.show_trace_2d(lambda x1, x2: 0 * x1, [(0, 0), (1, 1)])
