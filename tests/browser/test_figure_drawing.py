"""What the interactive figure draws, read back from its pixels and paths, against theory.py."""

import re

import numpy as np
import pytest
from figure_driver import Figure

from d2lzh_pytorch import theory
from d2lzh_pytorch.explorer.figure import AXES, LIMITS

CURVATURES = {20: (0.2, 4), 3: (4 / 3, 4)}


@pytest.fixture
def figure(open_page, server):
    page = open_page(f"{server}/02_momentum_traces.html")
    yield Figure(page, "momentum")
    assert page.trouble == []


FRAMES = """host => Object.fromEntries(["trace", "loss", "map"].map(name => {
  const root = host.shadowRoot.querySelector(`.${name} svg`);
  const area = root.querySelector("svg");
  const frame = ["x", "y", "width", "height"].map(side => Number(area.getAttribute(side)));
  const texts = [...root.querySelectorAll("g text")].map(text =>
    [text.getAttribute("class"), text.textContent,
     Number(text.getAttribute("x")), Number(text.getAttribute("y"))]);
  const marks = [...root.querySelectorAll("g path")].map(mark => mark.getAttribute("d"));
  return [name, { frame, texts, marks }];
}))"""

# frame: the axis across, the axis up, how a tick is written
PLOTS = {
    "trace": ("x1", "x2", str),
    "loss": ("share_of_steps", "log10_f", lambda power: f"1e{power}"),
    "map": ("eta", "gamma", str),
}


@pytest.mark.parametrize("name", PLOTS)
def test_ticks_stand_where_their_numbers_are(name, figure):
    across, up, write = PLOTS[name]
    seen = figure.root.evaluate(FRAMES)[name]
    left, top, width, height = seen["frame"]

    def places(axis, start, length):
        (low, high), ticks = AXES[axis]["range"], AXES[axis]["ticks"]
        return [start + (tick - low) / (high - low) * length for tick in ticks]

    xs, ys = places(across, left, width), places(up, top + height, -height)
    marks = [list(map(float, re.findall(r"-?[\d.]+", mark))) for mark in seen["marks"]]
    below, beside = marks[: len(xs)], marks[len(xs) :]
    np.testing.assert_allclose(below, [[x, top + height, 4] for x in xs])
    np.testing.assert_allclose(beside, [[left, y, -4] for y in ys])
    texts = {kind: [t[1:] for t in seen["texts"] if t[0] == kind] for kind in ("middle", "end")}
    np.testing.assert_allclose([x for _, x, _ in texts["middle"]], xs)
    np.testing.assert_allclose([y - 4 for _, _, y in texts["end"]], ys)
    spoken = [words.replace("\u2212", "-") for words, _, _ in texts["end"]]
    assert spoken == [write(tick) for tick in AXES[up]["ticks"]]
    numbers = [float(words.replace("\u2212", "-")) for words, _, _ in texts["middle"]]
    scale = 20 if across == "share_of_steps" else 1  # steps
    assert numbers == [scale * tick for tick in AXES[across]["ticks"]]


LINES = """host => {
  const area = host.shadowRoot.querySelector(".map svg svg");
  const size = ["width", "height"].map(side => Number(area.getAttribute(side)));
  const paths = [...area.querySelectorAll("path")];
  return [size, paths.map(path => [path.getAttribute("class"), path.getAttribute("d")])];
}"""


@pytest.mark.parametrize("kappa", CURVATURES)
def test_border_lines_are_those_of_the_theory(kappa, figure):
    figure.type(kappa=kappa)
    flat, steep = CURVATURES[kappa]
    (width, height), lines = figure.root.evaluate(LINES)
    assert [name for name, _ in lines] == ["limit", "flat", "flat", "steep", "steep"]
    borders = []
    for _, path in lines:
        x, y = np.array(re.findall(r"(-?[\d.]+) (-?[\d.]+)", path), dtype=float).T
        borders.append((x / width, 1 - y / height))
    step = 0.01 / width  # paths have two decimals
    for eta, gamma in borders:
        assert len(eta) > 100
        assert (gamma.min(), gamma.max()) == pytest.approx((0, 1), abs=1e-4)
    eta, gamma = borders[0]
    np.testing.assert_allclose(eta, theory.stability_limit(gamma, steep), atol=3 * step)
    for curvature, low, high in ((flat, 1, 2), (steep, 3, 4)):
        for side, (eta, gamma) in ((-1, borders[low]), (1, borders[high])):
            border = (1 + side * np.sqrt(gamma)) ** 2 / curvature
            expected = np.minimum(border, 2)  # beyond the map a line is cut short
            inner = gamma > 0.01  # at 0 the root is as steep as the rounding is coarse
            np.testing.assert_allclose(eta[inner], expected[inner], atol=0.002 / curvature + step)


ELLIPSES = """host => {
  const area = host.shadowRoot.querySelector(".trace svg svg");
  const numbers = (part, names) => names.map(name => Number(part.getAttribute(name)));
  return [numbers(area, ["width", "height"]),
    [...area.querySelectorAll("ellipse")].map(e => numbers(e, ["cx", "cy", "rx", "ry"]))];
}"""


@pytest.mark.parametrize("kappa", CURVATURES)
def test_contours_are_level_lines_of_the_bowl(kappa, figure):
    figure.type(kappa=kappa)
    flat, steep = CURVATURES[kappa]
    (width, height), ellipses = figure.root.evaluate(ELLIPSES)
    cx, cy, rx, ry = np.transpose(ellipses)
    np.testing.assert_allclose(cx / width, 0.6)  # 0 between -6 and 4
    np.testing.assert_allclose(cy / height, 0.5)
    across = flat * (10 * rx / width) ** 2 / 2
    up = steep * (6 * ry / height) ** 2 / 2
    np.testing.assert_allclose(across, up)
    # Evenly spaced along a slope; the next would pass through the corner (-6, -3).
    corner = (flat * 36 + steep * 9) / 2
    np.testing.assert_allclose(np.sqrt(across / corner), np.arange(1, 11) / 11)


SHADES = """(host, points) => {
  const canvas = host.shadowRoot.querySelector("canvas");
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return points.map(([eta, gamma]) => {
    const at = 4 * (Math.floor(eta * width) + width * Math.floor((1 - gamma) * height));
    return [...data.slice(at, at + 4)];
  });
}"""


def slower(eta, gamma, kappa):
    flat, steep = CURVATURES[kappa]
    return np.maximum(theory.rate(eta, gamma, flat), theory.rate(eta, gamma, steep))


@pytest.mark.parametrize("kappa", CURVATURES)
def test_the_shade_of_the_map_is_the_rate_of_the_slower_direction(kappa, figure):
    figure.type(kappa=kappa)
    flat, steep = CURVATURES[kappa]
    gain = 1 - theory.optimum_momentum(flat, steep).rate
    eta, gamma = np.random.default_rng(1).uniform(0.02, 0.98, (2, 4000))
    # Far enough from a step of the shade, and from the patterns, which lie elsewhere.
    across = np.array([0, 0.012, -0.012, 0, 0, 0.012, 0.012, -0.012, -0.012])[:, None]
    up = np.array([0, 0, 0, 0.012, -0.012, 0.012, -0.012, 0.012, -0.012])[:, None]
    around = (eta + across, gamma + up)
    levels = np.ceil(10 * (1 - slower(*around, kappa)) / gain)
    motions = np.array([theory.regime(*around, c) for c in (flat, steep)])
    plain = (motions == "oscillating").any(axis=0) & (motions != "diverging").all(axis=0)
    clear = (levels == levels[0]).all(axis=0) & plain.all(axis=0)
    points = np.column_stack([eta, gamma])[clear][:400]
    assert len(points) > 100
    assert len(set(levels[0][clear])) >= 6
    seen = np.array(figure.root.evaluate(SHADES, points.tolist()))
    np.testing.assert_allclose(seen[:, 3], 21 * levels[0][clear][:400], atol=1)
    np.testing.assert_allclose(seen[:, :3], np.tile([0, 114, 178], (len(seen), 1)), atol=8)


SIZE = """host => {
  const { width, height } = host.shadowRoot.querySelector("canvas");
  return [width, height];
}"""
PLACES = {"monotone": (0.05, 0.1), "alternating": (0.45, 0.05), "diverging": (0.9, 0.2)}


def test_the_patterns_of_the_map_lie_where_the_motions_are(figure):
    """Dots, level lines and slanted lines in grey, told apart by where their grey lies."""
    places = {**PLACES, "plain": (0.35, 0.5)}
    size = figure.root.evaluate(SIZE)
    block = np.array([[i + 0.5, j + 0.5] for j in range(8) for i in range(8)]) / size
    points = np.concatenate([block + place for place in places.values()])
    red = np.array(figure.root.evaluate(SHADES, points.tolist()))[:, 0].reshape(-1, 8, 8)
    pictures = dict(zip(places, red > 60, strict=True))  # the shade has no red
    assert not pictures.pop("plain").any()
    rows = pictures["alternating"].sum(axis=1)
    assert sorted(set(rows)) in ([0, 8], [0, 7, 8])
    assert 2 <= pictures["monotone"].sum() <= 9
    assert (pictures["diverging"].any(axis=0)).all()
    assert (pictures["diverging"].any(axis=1)).all()


def test_a_screen_reader_hears_limits_and_values(figure):
    for name, across, now in (("start", "x1", -5), ("setting", "eta", 0.4)):
        heard = [figure.handle(name).get_attribute(f"aria-value{k}") for k in ("min", "max", "now")]
        assert list(map(float, heard)) == [*LIMITS[across], now]
    for name in ("eta", "gamma", "steps"):
        slider, number = (figure.root.locator(s) for s in (f"#{name}", f"[name={name}]"))
        for part in (slider, number):
            heard = [float(part.get_attribute(side)) for side in ("min", "max")]
            assert heard == list(LIMITS[name])
    kappa = figure.root.locator("#kappa")
    assert [float(kappa.get_attribute(side)) for side in ("min", "max")] == [0, 3]
    figure.drag("start", 3000, 0)
    assert float(figure.handle("start").get_attribute("aria-valuenow")) == 4
    shown = figure.root.locator(".shown")
    assert (shown.get_attribute("min"), shown.get_attribute("max")) == ("0", "20")
    assert shown.get_attribute("aria-valuetext") == "第 20 步，共 20 步"
