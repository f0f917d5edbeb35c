"""Figures in the dark: turned over where lines stand on white, left alone where colours count."""

import json

import pytest
from book import CHAPTERS, PAGES, ROOT

FILTERS = "images => images.map(image => getComputedStyle(image).filter)"
COLOURS = ("pcolormesh(", "imshow(", "pcolor(", "matshow(")


def heat_maps(name):
    """For each figure of a notebook, in order: whether its cell paints numbers as colours."""
    notebook = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [
        any(call in "".join(cell["source"]) for call in COLOURS)
        for cell in cells
        for output in cell["outputs"]
        if "image/svg+xml" in output.get("data", {})
    ]


@pytest.mark.parametrize("name", CHAPTERS)
def test_which_figures_are_turned_over(name, reading):
    page = reading(name, scheme="dark")
    figures = page.locator("article .cell_output img[src*='_images/']")
    turned = ["invert" in look for look in figures.evaluate_all(FILTERS)]
    assert [not t for t in turned] == heat_maps(name)


def test_heat_maps_are_among_them():
    assert sum(sum(heat_maps(name)) for name in CHAPTERS) >= 3


@pytest.mark.parametrize("theme", ["system", "button"])
def test_a_heat_map_stands_on_white(theme, open_page, server):
    scheme = "dark" if theme == "system" else "light"
    page = open_page(f"{server}/11_other_forms.html", color_scheme=scheme)
    if theme == "button":
        page.locator(".theme-toggle-content button").click()
    image = page.locator("article img.heat").first
    look = "i => { const s = getComputedStyle(i); return [s.filter, s.backgroundColor] }"
    assert image.evaluate(look) == ["none", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("name", PAGES)
def test_every_other_figure_is_dark(name, reading):
    page = reading(name, scheme="dark")
    looks = page.locator("article img:not(.heat)").evaluate_all(FILTERS)
    assert all("invert" in look for look in looks)


@pytest.mark.parametrize("name", ["02_momentum_traces"])
def test_chinese_comments_stand_upright(name, reading):
    page = reading(name, scheme="dark")
    styles = "comments => comments.map(comment => getComputedStyle(comment).fontStyle)"
    assert set(page.locator("article .highlight .c1").evaluate_all(styles)) == {"normal"}
