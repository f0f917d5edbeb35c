"""What every reader does, in each of three engines: the pages, and the interactive figure."""

import os
import re

import pytest
from book import HTML, PAGES, SAMPLE
from engines import ENGINES
from figure_driver import FIGURES, NAME, PAGE, PUBLISHED, FigureInTab, expected, wait_until

from d2lzh_pytorch import theory

# What a page shows of its health, at its end and with everything loaded.
STATE = """async () => {
  const images = [...document.querySelectorAll("article img")];
  images.forEach((image) => { image.loading = "eager"; });
  await Promise.allSettled(images.map((image) => image.decode()));
  await document.fonts.ready;
  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    trouble: window.trouble,
    heading: document.querySelector("article h1").innerText,
    pictures: images.filter((image) => !image.naturalWidth).map((image) => image.src),
    fonts: [...document.fonts].filter((font) => font.status === "error").map((font) => font.family),
    elsewhere: performance.getEntriesByType("resource").map((entry) => entry.name)
      .filter((name) => !name.startsWith(location.origin) && !name.startsWith("data:")),
    overflow: scrollWidth - clientWidth,
    formulas: [...document.querySelectorAll("article .katex-html")]
      .filter((formula) => !formula.getBoundingClientRect().height).length,
  };
}"""
SOUND = {
    "trouble": [], "pictures": [], "fonts": [], "elsewhere": [], "overflow": 0, "formulas": 0,
}  # fmt: skip


def test_an_engine_is_driven_by_one_worker(tab, request):
    """Some releases of pytest lose the groups of xdist, and all takes twice as long."""
    assert "PYTEST_XDIST_WORKER" not in os.environ or "@" in request.node.nodeid


@pytest.mark.parametrize("tab", ENGINES[1:], indirect=True)  # Chromium: test_pages.py
@pytest.mark.parametrize("name", [*(name for name in PAGES if "/" not in name), *SAMPLE])
def test_every_page_is_sound(name, tab, watched):
    tab.open(f"{watched}/{name}.html")
    state = tab.evaluate(STATE)
    assert state.pop("heading")
    assert state == SOUND


def test_search_finds_chinese(tab, watched):
    tab.open(f"{watched}/search.html?q=学习率")
    links = """async () => {
      const found = () => [...document.querySelectorAll("#search-results li > a")];
      while (!found().length) await new Promise(requestAnimationFrame);
      await new Promise((done) => setTimeout(done, 500));
      return found().map((link) => link.getAttribute("href"));
    }"""
    assert any(link.startswith("01_gradient_descent_problem.html") for link in tab.evaluate(links))
    assert tab.evaluate("() => window.trouble") == []


@pytest.fixture
def figure(tab, watched):
    tab.open(f"{watched}/{PAGE}.html")
    yield FigureInTab(tab, NAME)
    assert tab.evaluate("() => window.trouble") == []


@pytest.mark.parametrize("home", ["server", "file"])
@pytest.mark.parametrize("name", FIGURES)
def test_alive_on_its_page(name, home, tab, watched):
    tab.open(f"{watched if home == 'server' else HTML.as_uri()}/{name}.html")
    figure = FigureInTab(tab, FIGURES[name])
    best = theory.optimum_momentum(0.2, 4)
    first = {"01": (0.4, 0), "02": (0.4, 0.5), "07": (best.eta, best.gamma)}[name[:2]]
    assert figure.end() == expected(*first)
    still = "(root) => root.host.querySelector('img').getBoundingClientRect().height"
    assert figure.read(still) == 0
    assert not tab.evaluate("() => window.trouble")  # as a file, no script watches


def test_typed_settings_end_where_python_ends(figure):
    for settings in (
        {"eta": 0.4, "gamma": 0, "kappa": 20, "steps": 20},
        {"eta": 0.123, "gamma": 0.87, "kappa": 150, "steps": 123},
        {"eta": 0.97, "gamma": 0.9, "kappa": 1, "steps": 300},
        {"eta": 0.76, "gamma": 0.5, "kappa": 20, "steps": 60},
        {"eta": 0.667907, "gamma": 0.402605, "kappa": 3.5, "steps": 1},
    ):
        figure.type(**settings)
        assert figure.end() == expected(**settings)
    for typed, kept in (("7", 1), ("-1", 0.001), ("", 0.001)):  # beyond the limits, and empty
        figure.type(eta=typed)
        assert figure.typed("eta") == kept


def test_drag_the_start(figure):
    figure.drag("start", 60, -40)
    start = figure.numbers("start")
    assert start[0] > -5
    assert start[1] > -2
    assert figure.end() == expected(0.4, 0.5, start=start)
    x, y = figure.centre("start")
    figure.tab.move(x + 50, y + 20)  # a click on the plot is enough
    figure.tab.down()
    figure.tab.up()
    assert figure.numbers("start")[0] > start[0]
    assert figure.centre("start") == pytest.approx((x + 50, y + 20), abs=2)
    figure.drag("start", -90, -40)
    assert figure.centre("start") == pytest.approx((x - 40, y - 20), abs=3)
    figure.drag("start", 700, 300)
    assert figure.numbers("start") == (4, -3)


def test_drag_the_map_moves_sliders_and_trace(figure):
    figure.drag("setting", 40, -25)
    eta, gamma = figure.numbers("setting")
    assert eta > 0.4
    assert gamma > 0.5
    assert (figure.typed("eta"), figure.typed("gamma")) == (eta, gamma)
    assert figure.read("(root) => root.querySelector('#eta').valueAsNumber") == eta
    assert figure.end() == expected(eta, gamma)


def test_the_map_is_painted(figure):
    shades = """(root) => {
      const { width, height } = root.querySelector("canvas");
      const pen = root.querySelector("canvas").getContext("2d");
      const at = ([eta, gamma]) => [eta * width, (1 - gamma) * height].map(Math.floor);
      return [[0.48, 0.3], [0.12, 0.6], [0.05, 0.98]]
        .map((place) => pen.getImageData(...at(place), 1, 1).data[3]);
    }"""
    fast, slower, slowest = figure.read(shades)
    assert fast > slower > slowest > 0


def test_handles_by_keyboard(figure):
    keys = ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowDown")
    figure.keys("[data-handle=setting]", *keys)
    assert figure.numbers("setting") == (0.42, 0.41)
    assert figure.end() == expected(0.42, 0.41)
    figure.keys("[data-handle=start]", "Shift+ArrowLeft", "ArrowUp")
    assert figure.numbers("start") == (-6, -1.9)
    assert figure.end() == expected(0.42, 0.41, start=(-6, -1.9))


def test_sliders_by_keyboard(figure):
    figure.keys("#eta", *["ArrowRight"] * 3)
    figure.keys("#gamma", *["ArrowLeft"] * 2)
    assert (figure.typed("eta"), figure.typed("gamma")) == (0.403, 0.498)
    figure.keys("#steps", "ArrowRight")
    figure.keys("#kappa", "End")
    assert figure.end() == expected(0.403, 0.498, kappa=1000, steps=21)


def test_presets(figure):
    for name, line in PUBLISHED.items():
        figure.type(kappa=7, steps=50)
        figure.drag("start", 30, 30)
        figure.press(name)
        assert figure.end() == line
    figure.press("动量法最优")
    best = theory.optimum_momentum(0.2, 4)
    assert figure.end() == expected(best.eta, best.gamma)
    figure.type(kappa=100)
    figure.press("梯度下降最优")
    assert figure.end() == expected(theory.optimum_gd(0.04, 4).eta, 0, kappa=100)
    figure.type(eta=0.6)
    figure.press("x₁ 临界阻尼")
    assert figure.end() == expected(0.6, theory.critical_gamma(0.6, 0.04), kappa=100)
    figure.press("回到起点")
    figure.press("恢复原状")
    assert figure.end() == expected(0.4, 0.5)


def test_steps(figure):
    figure.press("回到起点")
    assert figure.end() == "epoch 0, x1 -5.000000, x2 -2.000000"
    figure.press("进一步")
    figure.press("进一步")
    assert figure.end() == expected(0.4, 0.5, steps=2)
    figure.press("退一步")
    assert figure.end() == expected(0.4, 0.5, steps=1)
    figure.keys(".shown", "ArrowRight")
    assert figure.end() == expected(0.4, 0.5, steps=2)
    figure.press("走到最后")
    figure.press("进一步")
    assert figure.end() == expected(0.4, 0.5)


def shown(figure):
    return int(re.search(r"epoch (\d+)", figure.end())[1])


def test_pause_is_pressed_while_the_film_runs(figure):
    """WebKit drops a click if the text under it was replaced between press and release."""
    figure.type(steps=300)  # a film of eight seconds
    figure.press("播放")
    wait_until(lambda: figure.label() == "暂停")
    figure.tab.down()  # the mouse is still over the button
    first = shown(figure)
    wait_until(lambda: shown(figure) > first)  # the film runs on
    figure.tab.up()
    assert figure.label() == "播放"
    paused = shown(figure)
    figure.read("() => new Promise((done) => setTimeout(done, 200))")
    assert shown(figure) == paused < 300
    figure.press("播放")
    wait_until(lambda: shown(figure) > paused)
    figure.press("走到最后")
    assert figure.label() == "播放"
    assert figure.end() == expected(0.4, 0.5, steps=300)
