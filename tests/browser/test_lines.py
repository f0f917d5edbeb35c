"""Formulas in the text: none is torn, and no line begins or ends with the wrong punctuation."""

import itertools

import pytest
from book import ENGLISH, PAGES
from page_states import FOLD, UNFOLD

WIDTHS = [390, 820, 1440]

# Each formula in the text: its source, its width, the lines that it takes, and whether the
# punctuation beside it stands on another line.
FORMULAS = """() => {
  const lineOf = (box) => (box.top + box.bottom) / 2;
  const apart = (box, other) => Math.abs(lineOf(box) - lineOf(other)) > 12;
  const boxOfText = (text, at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect();
  };
  const beside = (formula, step) => {
    const walker = document.createTreeWalker(formula.closest("p, li, td, th, dd, dt, h2, h3"),
      NodeFilter.SHOW_TEXT);
    walker.currentNode = formula;
    if (step > 0) while (walker.nextNode() && formula.contains(walker.currentNode));
    else walker.previousNode();
    const text = walker.currentNode;
    if (text.nodeType !== 3 || formula.contains(text) || !text.length) return "";
    const at = step > 0 ? 0 : text.length - 1;
    const sign = text.data[at];
    const wrong = (step > 0 ? "，。；：？！、）》」』”’" : "（《「『“‘").includes(sign);
    if (!wrong) return "";
    const bases = [...formula.querySelectorAll(".katex-html > .base")];
    const base = bases.at(step > 0 ? -1 : 0).getBoundingClientRect();
    return apart(boxOfText(text, at), base) ? sign : "";
  };
  return [...document.querySelectorAll("article span.math")].map(formula => {
    const bases = [...formula.querySelectorAll(".katex-html > .base")];
    const boxes = bases.map(base => base.getBoundingClientRect());
    const lines = boxes.filter((box, i) => i === 0 || box.left < boxes[i - 1].left).length;
    return {
      source: formula.querySelector("annotation").textContent,
      width: boxes.reduce((sum, box) => sum + box.width, 0),
      lines, after: beside(formula, 1), before: beside(formula, -1),
    };
  });
}"""


# English breaks its lines elsewhere, but by the same rules: on a phone they show most often.
EACH = [*itertools.product(PAGES, WIDTHS), *itertools.product(ENGLISH, [390])]


@pytest.mark.parametrize(("name", "width"), EACH)
def test_formulas_in_lines(name, width, reading):
    page = reading(name, width)
    page.evaluate(UNFOLD)
    found = page.evaluate(FORMULAS)
    page.evaluate(FOLD)
    assert [f["source"] for f in found if f["width"] < 140 and f["lines"] > 1] == []
    assert [(f["source"], f["after"]) for f in found if f["after"]] == []
    assert [(f["before"], f["source"]) for f in found if f["before"]] == []


@pytest.mark.parametrize("name", ["03_ewma", "07_why_momentum_works"])
def test_formulas_at_many_widths(name, reading):
    """Each line's end falls on each sign once."""
    page = reading(name, 390)
    for width in range(330, 480, 9):
        page.set_viewport_size({"width": width, "height": 900})
        torn = [f for f in page.evaluate(FORMULAS) if f["after"] or f["before"]]
        assert torn == [], width
