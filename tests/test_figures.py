"""The style and the loss curve; what ``describe`` says is in test_figure_words.py."""

import itertools
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

import d2lzh_pytorch as d2l

PACKAGE = Path(d2l.__file__).parent


def svg(figure, path):
    figure.savefig(path, metadata={"Date": None})
    return path.read_text(encoding="utf-8")


def test_svg_is_the_same_in_every_run(tmp_path):
    pictures = []
    for _ in range(2):
        d2l.set_figsize()
        figure, axes = d2l.plt.subplots()
        d2l.show_trace_2d(lambda x1, x2: x1**2 + x2**2, [(-5, -2), (-1, 1), (0, 0)])
        assert axes.lines
        pictures.append(svg(figure, tmp_path / "trace.svg"))
    assert pictures[0] == pictures[1]
    assert "<dc:date>" not in pictures[0]


def test_lines_differ_in_grey_and_in_dash():
    """Two curves can be told apart without colour: by dash always, mostly by grey level too."""
    d2l.set_figsize()
    styles = list(d2l.plt.rcParams["axes.prop_cycle"])
    assert len({str(style["linestyle"]) for style in styles}) == len(styles)
    grey = [np.dot(to_rgb(style["color"]), (0.2126, 0.7152, 0.0722)) for style in styles]
    assert max(grey) < 0.65  # dark enough on white
    assert all(abs(a - b) > 0.02 for a, b in itertools.pairwise(grey[:3]))


def test_set_figsize():
    d2l.set_figsize((6, 4))
    assert d2l.plt.rcParams["figure.figsize"] == [6, 4]
    d2l.set_figsize()
    assert d2l.plt.rcParams["figure.figsize"] == [3.5, 2.5]


def test_set_figsize_keeps_what_the_style_does_not_name():
    with mpl.rc_context({"image.cmap": "gray", "lines.linewidth": 9}):
        d2l.set_figsize()
        assert d2l.plt.rcParams["image.cmap"] == "gray"
        assert d2l.plt.rcParams["lines.linewidth"] == 1.5


def test_use_svg_display_does_nothing_outside_a_notebook():
    before = dict(d2l.plt.rcParams)
    d2l.use_svg_display()
    assert dict(d2l.plt.rcParams) == before


def history(loss, diverged_at=None):
    return d2l.History(None, None, [i / 15 for i in range(len(loss))], loss, 0.1, diverged_at)


def test_loss_of_one_run_has_no_legend_and_a_linear_axis():
    d2l.show_loss({"": history([0.5, 0.3, 0.25])})
    (axes,) = d2l.plt.gcf().axes
    assert axes.get_legend() is None
    assert axes.get_yscale() == "linear"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("epoch", "loss")
    assert axes.lines[0].get_xdata().tolist() == [0, 1 / 15, 2 / 15]
    assert axes.lines[0].get_ydata().tolist() == [0.5, 0.3, 0.25]


def test_loss_of_a_history_passed_whole():
    run = history([0.5, 0.3, 0.25])
    d2l.show_loss(run)
    (axes,) = d2l.plt.gcf().axes
    assert axes.lines[0].get_ydata().tolist() == [0.5, 0.3, 0.25]
    assert axes.get_legend() is None
    # What has the same fields will do, such as the History of a module that was reloaded.
    d2l.show_loss(SimpleNamespace(**run._asdict()))
    assert len(axes.lines) == 2


@pytest.mark.parametrize("last", [float("inf"), float("nan")])
def test_loss_of_a_diverged_run_stays_readable(last):
    runs = {"good": history([0.5, 0.3, 0.25]), "bad": history([0.5, 1e9, 1e30, last], 30)}
    d2l.show_loss(runs)
    (axes,) = d2l.plt.gcf().axes
    assert axes.get_yscale() == "log"
    assert np.isfinite(axes.get_ylim()).all()
    assert [t.get_text() for t in axes.get_legend().get_texts()] == ["good", "bad"]
    assert axes.get_title(loc="right") == "diverged at step 30"
    good, bad, cross = axes.lines
    assert (cross.get_marker(), cross.get_color()) == ("X", bad.get_color())
    assert bad.get_color() != good.get_color()
    assert cross.get_xydata().tolist() == [[2 / 15, 1e30]]


def test_loss_of_a_run_that_was_never_finite():
    d2l.show_loss(history([float("nan")], 1))
    assert d2l.plt.gca().get_title(loc="right") == "diverged at step 1"


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e9])
@pytest.mark.parametrize(("ratio", "axis"), [(99, "linear"), (101, "log")])
def test_the_axis_turns_logarithmic_at_a_ratio_of_100(scale, ratio, axis):
    d2l.show_loss({"a": history([2 * scale, ratio * scale]), "b": history([scale, 3 * scale])})
    assert d2l.plt.gca().get_yscale() == axis


def test_the_axis_stays_linear_at_a_ratio_of_exactly_100():
    d2l.show_loss(history([100.0, 1.0]))
    assert d2l.plt.gca().get_yscale() == "linear"


def test_a_loss_of_zero_leaves_the_axis_linear():
    d2l.show_loss(history([1000.0, 1.0, 0.0]))
    assert d2l.plt.gca().get_yscale() == "linear"


def test_the_axis_looks_at_its_own_lines_only():
    _, axes = d2l.plt.subplots()
    axes.plot([0, 1], [1e-6, 1e6])
    axes.plot([], [])
    axes.plot(["a", "b"], [1, 2])
    d2l.show_loss(history([0.5, 0.3]))
    assert axes.get_yscale() == "linear"


def test_loss_is_drawn_into_the_current_axes():
    figure, (left, right) = d2l.plt.subplots(1, 2)
    d2l.plt.sca(left)
    d2l.show_loss(history([0.5, 0.3]))
    assert (len(left.lines), len(right.lines)) == (1, 0)
    assert d2l.plt.get_fignums() == [figure.number]


NO_HISTORIES = [
    ([history([0.5])], TypeError, "got list"),
    ({}, ValueError, "got an empty dict"),
    (None, TypeError, "got NoneType"),
    ({"a": 0.5}, TypeError, "got float at 'a'"),
    (pd.DataFrame({"epoch": [0], "loss": [1]}), TypeError, "got DataFrame"),
    (SimpleNamespace(loss=[0.5], diverged_at=None), TypeError, "got SimpleNamespace"),
    (SimpleNamespace(epoch=[0.0], diverged_at=None), TypeError, "got SimpleNamespace"),
]


@pytest.mark.parametrize(("histories", "error", "got"), NO_HISTORIES)
def test_loss_refuses_what_is_no_history(histories, error, got):
    wanted = "histories must be a History or a dict {label: History}"
    remedy = "pass what fit_ch7 or fit_pytorch_ch7 returns"
    with pytest.raises(error) as raised:
        d2l.show_loss(histories)
    assert str(raised.value) == f"{wanted}, {got}; {remedy}"
    assert d2l.plt.get_fignums() == []  # no empty figure is left behind


def test_the_last_bits_of_a_loss_do_not_show(tmp_path):
    """Processors differ in them; the recorded SVG is compared byte for byte."""
    d2l.set_figsize()
    losses = [0.4981234567891, 0.2512345678912, 0.2455187654321]
    drawn = []
    for factor in (1.0, 1 + 2**-50, 1 - 2**-51):
        d2l.plt.close("all")
        d2l.show_loss({"run": history([loss * factor for loss in losses])})
        drawn.append(svg(d2l.plt.gcf(), tmp_path / "loss.svg"))
    assert drawn[0] == drawn[1] == drawn[2]
    d2l.plt.close("all")
    d2l.show_loss({"run": history([loss * (1 + 1e-8) for loss in losses])})
    assert svg(d2l.plt.gcf(), tmp_path / "loss.svg") != drawn[0]
