"""``describe``: what the book draws, in words; and whatever else a figure may hold."""

import warnings

import numpy as np
import pandas as pd
import pytest
from matplotlib.artist import Artist
from matplotlib.patches import FancyBboxPatch
from snippets import SNIPPETS

import d2lzh_pytorch as d2l

plt = d2l.plt


def words(figure):
    return d2l.describe(figure).splitlines()


def test_axes_lines_texts_bars_and_arrows():
    figure, (left, right) = plt.subplots(1, 2)
    left.semilogy([1, 2, 3], [10, 100, 1000], label="loss")
    left.set(xlabel="epoch", title="run", xlim=(1, 3), ylim=(10, 1000))
    left.set_title("aside", loc="right")
    left.text(1, 10, "here")
    left.text(1, 10, "")
    right.bar([0, 1], [2.0, 1e-16])
    right.barh([5, 6], [3.0, 4.0])
    right.quiver([0, 1], [0, 1], [1, 2], [3, 4], label="push")
    right.set(xlim=(0, 1), ylim=(0, 2.34567))
    assert words(figure) == [
        "axes 1: epoch from 1 to 3, y from 10 to 1e+03 (log), 'run', 'aside'",
        "- line 'loss': 3 points, (1, 10) to (3, 1e+03), within (1, 10), (3, 1e+03)",
        "- text 'here'",
        "axes 2: x from 0 to 1, y from 0 to 2.35",
        "- 2 bars: 2 points, (0, 2) to (1, 0), within (0, 0), (1, 2)",
        "- 2 bars: 2 points, (3, 5) to (4, 6), within (3, 5), (4, 6)",
        "- 2 arrows 'push': 2 points, (1, 3) to (2, 4), within (1, 3), (2, 4)",
    ]


def test_meshes_images_bands_and_points():
    figure, axes = plt.subplots()
    values = np.ma.masked_greater(np.arange(6.0).reshape(2, 3), 4.5)
    values[0, 0] = np.nan
    axes.pcolormesh(values)
    axes.imshow([[1.23456, 7.0]])
    axes.imshow(np.zeros((2, 3, 4)))
    axes.fill_between([0, 1, 2], [0, -1, 1], [3, 4, 9], label="5-95 %")
    axes.fill_betweenx([5, 6], [0, 1], [3, 2])
    axes.scatter([1, 2], [3, 4], label="runs")
    axes.contour([[0, 1], [2, 3]], levels=[1, 2])
    assert words(figure)[1:] == [
        "- colour mesh of 2 x 3 values from 1 to 4",
        "- image of 1 x 2 values from 1.23 to 7",
        "- image of 2 x 3 coloured points",
        "- band '5-95 %': x (0, 2), first (0, 3), last (1, 9), all -1, 9",
        "- band: y (5, 6), first (0, 3), last (1, 2), all 0, 3",
        "- scatter 'runs': 2 points, (1, 3) to (2, 4), within (1, 3), (2, 4)",
        "- contours at 1, 2",
    ]


def test_straight_lines_and_notes():
    figure, axes = plt.subplots()
    axes.axline((0, 0), (1, 2.5), label="axis")
    axes.axline((0, 1), slope=0.5)
    axes.annotate("peak", (1, 2), (3, 4), arrowprops={"arrowstyle": "-"})
    axes.annotate("", (1, 2), (3, 4), arrowprops={"arrowstyle": "-"})
    axes.annotate("bare", (1, 2))
    assert words(figure)[1:] == [
        "- straight line 'axis' through (0, 0) and (1, 2.5)",
        "- straight line through (0, 1) with slope 0.5",
        "- text 'peak' pointing to (1, 2)",
        "- text '' pointing to (1, 2)",
        "- text 'bare'",
    ]


def test_what_stands_around_the_axes():
    figure = plt.figure(layout="constrained")
    left, right = figure.subfigures(1, 2)
    axes = left.subplots()
    mesh = axes.pcolormesh([[0.5, 1], [2, 3]])
    left.colorbar(mesh, label="loss")
    left.colorbar(mesh, label="flat", orientation="horizontal")
    figure.suptitle("all")
    figure.supxlabel("epoch")
    right.suptitle("right half")
    axes.plot([0, 1], label="a")
    figure.legend()
    assert words(figure)[1:] == [
        "- colour mesh of 2 x 2 values from 0.5 to 3",
        "- line 'a': 2 points, (0, 0) to (1, 1), within (0, 0), (1, 1)",
        "axes 2: colour bar, loss from 0.5 to 3",
        "axes 3: colour bar, flat from 0.5 to 3",
        "around the axes:",
        "- text 'all'",
        "- text 'epoch'",
        "- legend 'a'",
        "- text 'right half'",
    ]


def test_what_is_not_known_is_named():
    figure, axes = plt.subplots()
    axes.add_patch(FancyBboxPatch((0, 0), 1, 1))
    plt.subplot(projection="3d").plot([0, 1], [0, 1], [2, 3])
    figure.add_artist(plt.Circle((0, 0)))
    assert words(figure)[1] == "- FancyBboxPatch, not described"
    assert words(figure)[2].endswith("z from 1.98 to 3.02")
    assert words(figure)[3:] == [
        "- Line3D, not described",
        "around the axes:",
        "- Circle, not described",
    ]


def test_tables_insets_and_error_bars():
    """What is drawn around numbers is named once; a container is no artist of its own."""
    figure, axes = plt.subplots()
    axes.errorbar([1, 2], [3, 4], yerr=1, label="runs")
    axes.table([["1", "2"]])
    axes.inset_axes([0.5, 0.5, 0.4, 0.4])
    told = [line for line in words(figure) if line.startswith("- ")]
    assert sorted(told) == [
        "- Axes, not described",
        "- LineCollection, not described",
        "- Table, not described",
        "- line: 2 points, (1, 3) to (2, 4), within (1, 3), (2, 4)",
    ]


def test_no_name_is_given_where_there_is_none():
    figure, axes = plt.subplots()
    axes.plot([0, 1], label="")
    axes.set_title("aside", loc="left")
    axes.set_title("run")
    first, line = words(figure)
    assert line.startswith("- line: 2 points")
    assert first.endswith(", 'aside', 'run'")


def test_a_description_adds_no_remark(monkeypatch):
    """Warnings are errors in these tests: one that came through would end the description."""
    figure, axes = plt.subplots()

    def remark():
        warnings.warn("a remark", stacklevel=1)
        return 0.0, 1.0

    monkeypatch.setattr(axes, "get_xlim", remark)
    assert words(figure) == ["axes 1: x from 0 to 1, y from 0 to 1"]


def test_nothing_to_tell():
    figure, axes = plt.subplots()
    axes.plot([], [])
    axes.plot([np.nan, np.nan])
    axes.plot(["a", "b"], [1, np.nan])
    axes.pcolormesh(np.full((2, 2), np.nan))
    assert words(figure)[1:] == [
        "- line: no points",
        "- line: 2 points, (0, nan) to (1, nan), within (0, nan), (1, nan)",
        "- line: 2 points, (0, 1) to (1, nan), within (0, 1), (1, 1)",
        "- colour mesh of 2 x 2 values from nan to nan",
    ]
    assert d2l.describe(plt.figure()) == ""


def test_noise_around_zero_does_not_show():
    figure, axes = plt.subplots()
    axes.plot([1.1e-12, 9e-13], [-9e-13, 123456.0])
    (line,) = words(figure)[1:]
    assert line.startswith("- line: 2 points, (1.1e-12, 0) to (0, 1.23e+05)")


def test_the_words_change_with_the_data():
    described = []
    for last in (3.0, 3.1):
        figure, axes = plt.subplots()
        axes.plot([1, 2, last])
        described.append(d2l.describe(figure))
    assert described[0] != described[1]


@pytest.mark.parametrize("name", SNIPPETS)
def test_other_peoples_figures_are_described_without_a_word(name, capfd):
    exec(SNIPPETS[name], {"plt": plt, "np": np, "pd": pd})
    described = d2l.describe(plt.gcf())
    assert described.count("axes ") == len(plt.gcf().axes)
    assert capfd.readouterr() == ("", "")


class Broken(Artist):
    """Raises whatever it is asked."""

    def get_label(self):
        raise RuntimeError("broken")


class BrokenLine(plt.Line2D):
    def get_xydata(self):
        raise KeyError("broken")


@pytest.mark.parametrize("kind", [Broken, lambda: BrokenLine([0], [0])])
def test_broken_artists_are_named(kind, monkeypatch):
    figure, axes = plt.subplots()
    axes.add_artist(kind())
    axes.plot([0, 1])
    figure.add_artist(Broken())
    assert [line.removesuffix(", not described") for line in words(figure)[1:]] == [
        f"- {type(axes.get_children()[0]).__name__}",
        "- line: 2 points, (0, 0) to (1, 1), within (0, 0), (1, 1)",
        "around the axes:",
        "- Broken",
    ]
    monkeypatch.setattr(plt.Line2D, "get_label", Broken.get_label)
    assert words(figure)[2] == "- Line2D, not described"
    monkeypatch.setattr(axes, "get_xlim", lambda: 1 / 0)
    assert words(figure)[0] == "- Axes, not described"


def test_words_can_always_be_written_down():
    figure, axes = plt.subplots()
    axes.plot([0, 1], label="half a pair: \ud800")
    assert "half a pair: \\ud800" in d2l.describe(figure).encode("utf-8").decode("utf-8")
