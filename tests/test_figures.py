import itertools

import numpy as np
import pytest
from matplotlib.colors import to_rgb

import d2lzh_pytorch as d2l
from d2lzh_pytorch.loop import History


def svg(figure, path):
    figure.savefig(path, metadata={"Date": None})
    return path.read_text(encoding="utf-8")


def test_describe_tells_what_is_drawn():
    d2l.set_figsize()
    figure, (left, right) = d2l.plt.subplots(1, 2)
    left.semilogy([1, 2, 3], [10, 100, 1000], label="loss")
    left.set(xlabel="epoch", title="run", xlim=(1, 3), ylim=(10, 1000))
    left.text(1, 10, "here")
    right.bar([0, 1], [2.0, 1e-16])
    right.quiver([0, 1], [0, 1], [1, 2], [3, 4])
    right.set(xlim=(0, 1), ylim=(0, 2.34567))
    assert d2l.describe(figure).splitlines() == [
        "axes 1: epoch from 1 to 3, y from 10 to 1e+03 (log), 'run'",
        "- line 'loss': 3 points, (1, 10) to (3, 1e+03), within (1, 10), (3, 1e+03)",
        "- text 'here'",
        "axes 2: x from 0 to 1, y from 0 to 2.35",
        "- 2 bars: 2 points, (0, 2) to (1, 0), within (0, 0), (1, 2)",
        "- 2 arrows: 2 points, (1, 3) to (2, 4), within (1, 3), (2, 4)",
    ]


def test_describe_changes_with_the_data():
    described = []
    for last in (3.0, 3.1):
        figure, axes = d2l.plt.subplots()
        axes.plot([1, 2, last])
        described.append(d2l.describe(figure))
    assert described[0] != described[1]


def test_svg_is_the_same_in_every_run(tmp_path):
    pictures = []
    for _ in range(2):
        d2l.show_trace_2d(lambda x1, x2: x1**2 + x2**2, [(-5, -2), (-1, 1), (0, 0)])
        pictures.append(svg(d2l.plt.gcf(), tmp_path / "trace.svg"))
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


def history(loss, diverged_at=None):
    return History(None, None, [i / 15 for i in range(len(loss))], loss, 0.1, diverged_at)


def test_loss_of_one_run_has_no_legend_and_a_linear_axis():
    d2l.show_loss({"": history([0.5, 0.3, 0.25])})
    (axes,) = d2l.plt.gcf().axes
    assert axes.get_legend() is None
    assert axes.get_yscale() == "linear"


@pytest.mark.parametrize("last", [float("inf"), float("nan")])
def test_loss_of_a_diverged_run_stays_readable(last):
    runs = {"good": history([0.5, 0.3, 0.25]), "bad": history([0.5, 1e9, 1e30, last], 30)}
    d2l.show_loss(runs)
    (axes,) = d2l.plt.gcf().axes
    assert axes.get_yscale() == "log"
    assert np.isfinite(axes.get_ylim()).all()
    assert [t.get_text() for t in axes.get_legend().get_texts()] == ["good", "bad"]
    assert axes.get_title(loc="right") == "diverged at step 30"


def test_use_svg_display_does_nothing_outside_a_notebook():
    before = dict(d2l.plt.rcParams)
    d2l.use_svg_display()
    assert dict(d2l.plt.rcParams) == before


def test_the_last_bits_of_a_loss_do_not_show(tmp_path):
    """Processors differ in them; the recorded SVG is compared byte for byte."""
    losses = [0.4981234567891, 0.2512345678912, 0.2455187654321]
    drawn = []
    for factor in (1.0, 1 + 2**-50, 1 - 2**-51):
        history = History(None, None, [0, 1, 2], [loss * factor for loss in losses], 0.01, None)
        d2l.show_loss({"run": history})
        drawn.append(svg(d2l.plt.gcf(), tmp_path / "loss.svg"))
    assert drawn[0] == drawn[1] == drawn[2]
