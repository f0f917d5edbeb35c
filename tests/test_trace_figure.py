"""Traces drawn on contours: what is drawn, where, and what is refused."""

import re

import numpy as np
import pytest
import torch

import d2lzh_pytorch as d2l

plt = d2l.plt
POINTS = [(-5.0, -2.0), (-1.0, 1.0), (0.5, 0.25)]


def f_2d(x1, x2):
    return 0.1 * x1**2 + 2 * x2**2


def momentum_2d(eta, gamma):
    def step(x1, x2, v1, v2):
        v1, v2 = gamma * v1 + eta * 0.2 * x1, gamma * v2 + eta * 4 * x2
        return x1 - v1, x2 - v2, v1, v2

    return step


def drawn():
    return [line.get_xydata().tolist() for line in plt.gca().lines]


def test_figure_of_a_trace():
    trace = d2l.trace_2d(momentum_2d(0.4, 0))
    d2l.show_trace_2d(f_2d, trace.points)
    (axes,) = plt.gcf().axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x_1$", "$x_2$")
    assert axes.lines[0].get_xydata().tolist() == [list(point) for point in trace.points]
    assert axes.get_legend() is None
    # No number of a trace that stays in view is worth a remark.
    assert axes.get_title(loc="right") == ""
    assert (axes.get_xlim(), axes.get_ylim()) == ((-5.5, 1.0), (-3.0, 3.0))


def test_contours_lie_evenly_along_the_slope_of_a_bowl():
    d2l.show_trace_2d(f_2d, POINTS)
    (contours,) = plt.gca().collections
    steps = np.diff(np.sqrt(contours.levels))
    assert len(contours.levels) == 10
    np.testing.assert_allclose(steps, steps[0], rtol=1e-3)  # the least point of the grid is not 0
    corners = f_2d(np.array([-5.5, 0]), np.array([3, 0]))
    assert contours.levels[-1] == pytest.approx(corners.max() * (10 / 11) ** 2)
    assert len([path for path in contours.get_paths() if len(path.vertices)]) == 10


def test_contours_stay_visible_when_a_trace_flies_off():
    d2l.show_trace_2d(f_2d, d2l.trace_2d(momentum_2d(0.6, 0)).points)
    (axes,) = plt.gcf().axes
    low, high = axes.get_ylim()
    assert high - low < 12
    assert axes.get_title(loc="right") == "17 of 21 points outside"
    (contours,) = axes.collections
    paths = [path for path in contours.get_paths() if len(path.vertices)]
    assert len(paths) >= 8


def test_the_view_follows_a_trace_half_a_window_far():
    # The window of x1 is 6.5 wide: 3.2 beyond it is in view, with a margin of a twentieth.
    d2l.show_trace_2d(f_2d, [(-5.5 - 3.2, 0), (1 + 3.2, 0)])
    assert plt.gca().get_xlim() == pytest.approx((-8.7 - 0.325, 4.2 + 0.325))
    plt.close()
    d2l.show_trace_2d(f_2d, [(-5.5 - 3.25, 0), (1 + 3.25, 0)])
    assert plt.gca().get_xlim() == (-5.5, 1)
    assert plt.gca().get_title(loc="right") == "2 of 2 points outside"


@pytest.mark.parametrize("out", [(99, 0), (-99, 0), (0, 99), (0, -99), (np.nan, 0), (0, np.inf)])
def test_a_point_outside_is_counted_on_every_side(out):
    d2l.show_trace_2d(f_2d, {"a": [(0, 0), out], "b": [(0, 0)]})
    assert plt.gca().get_title(loc="right") == "1 of 3 points outside"


def test_points_on_the_border_are_inside():
    d2l.show_trace_2d(f_2d, [(-5.5, -3.0), (1.0, 3.0)])
    assert plt.gca().get_title(loc="right") == ""


def test_several_traces_share_one_axes_and_a_legend():
    figure, axes = plt.subplots()
    runs = {name: d2l.trace_2d(momentum_2d(0.4, g)) for name, g in (("a", 0), ("b", 0.5))}
    d2l.show_trace_2d(f_2d, {"a": runs["a"], "b": runs["b"].points}, ax=axes)
    assert figure.axes == [axes]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["a", "b"]
    assert axes.lines[0].get_marker() != axes.lines[1].get_marker()
    assert drawn() == [[list(p) for p in runs[name].points] for name in "ab"]


def test_every_trace_of_many_is_drawn():
    d2l.show_trace_2d(f_2d, {str(i): [(-5, -2), (0, i / 9)] for i in range(8)})
    assert len(plt.gca().lines) == 8


def test_figure_keeps_the_size_that_was_set():
    d2l.set_figsize((6, 4))
    d2l.show_trace_2d(f_2d, POINTS)
    assert plt.gcf().get_size_inches().tolist() == [6, 4]


def test_current_axes_are_drawn_into():
    left = plt.subplot(121)
    d2l.show_trace_2d(f_2d, POINTS)
    right = plt.subplot(122)
    for _ in range(22):
        d2l.show_trace_2d(f_2d, POINTS)
    assert (len(left.lines), len(right.lines)) == (1, 22)
    assert len(plt.get_fignums()) == 1
    d2l.show_trace_2d(f_2d, POINTS, ax=left)
    assert (len(left.lines), plt.gca()) == (2, right)


def test_a_trace_passed_whole_is_drawn():
    trace = d2l.trace_2d(momentum_2d(0.4, 0.5))
    d2l.show_trace_2d(f_2d, trace)
    assert drawn() == [[list(point) for point in trace.points]]


TENSORS = {
    "one tensor": torch.tensor(POINTS, requires_grad=True),
    "half precision": torch.tensor(POINTS, dtype=torch.bfloat16),
    "a list of tensors": [torch.tensor(point) for point in POINTS],
    "tensors of one number": [
        (torch.tensor(x1, requires_grad=True), torch.tensor(x2)) for x1, x2 in POINTS
    ],
    "an array": np.array(POINTS),
    "a tuple": tuple(POINTS),
}


@pytest.mark.parametrize("kind", TENSORS)
def test_points_may_be_tensors(kind):
    d2l.show_trace_2d(f_2d, TENSORS[kind])
    assert drawn() == [[list(point) for point in POINTS]]


@pytest.mark.parametrize("constant", [lambda x1, x2: 0 * x1, lambda x1, x2: x1 * np.nan])
def test_a_plane_has_no_contours(constant):
    d2l.show_trace_2d(constant, [(0, 0), (1, 1)])
    assert list(plt.gca().collections) == []


def test_a_function_with_a_pole_keeps_its_contours():
    def pole(x1, x2):
        return np.where(x1 < 0, x1**2 + x2**2, np.inf)

    d2l.show_trace_2d(pole, [(0, 0), (1, 1)])
    (contours,) = plt.gca().collections
    assert np.isfinite(contours.levels).all()


WANTED = r"must be a list of \(x1, x2\), got"
REMEDY = "pass what train_2d or trace_2d returns"
BAD = [
    (f_2d, [1, 2, 3], ValueError, rf"results {WANTED} shape \(3,\); {REMEDY}"),
    (f_2d, np.ones((4, 3)), ValueError, rf"results {WANTED} shape \(4, 3\); {REMEDY}"),
    (f_2d, [], ValueError, rf"results {WANTED} shape \(0,\); {REMEDY}"),
    (f_2d, np.ones((0, 2)), ValueError, rf"results {WANTED} shape \(0, 2\); {REMEDY}"),
    (f_2d, None, TypeError, rf"results {WANTED} NoneType; {REMEDY}"),
    (f_2d, {"a": POINTS, "b": [1]}, ValueError, rf"results\['b'\] {WANTED} shape \(1,\); {REMEDY}"),
    (f_2d, [(1, 2), (3,)], TypeError, rf"results {WANTED} list; {REMEDY}"),
    (f_2d, momentum_2d(0.4, 0), TypeError, rf"results {WANTED} function; {REMEDY}"),
    (
        f_2d,
        {},
        ValueError,
        rf"results must be a trace or a dict {{label: trace}}, got an empty dict; {REMEDY}",
    ),
    (7, POINTS, TypeError, r"f must be callable, got 7; pass a function called as f\(x1, x2\)"),
    (
        POINTS,
        f_2d,
        TypeError,
        r"f must be callable, got \[\(-5.0, -2.0\), .*\]; "
        r"swap the arguments: show_trace_2d\(f, results\)",
    ),
    (
        lambda x1, x2: 3,
        POINTS,
        ValueError,
        r"f must return one value a point, shape \(101, 101\), got shape \(\); "
        r"write it with \+ - \* / \*\* and numpy functions",
    ),
]


@pytest.mark.parametrize(("f", "results", "error", "message"), BAD)
def test_figure_refuses_what_is_no_trace_or_function(f, results, error, message):
    with pytest.raises(error) as raised:
        d2l.show_trace_2d(f, results)
    assert re.fullmatch(message, str(raised.value))
    assert plt.get_fignums() == []  # no empty figure is left behind
