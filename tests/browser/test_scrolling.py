"""What is wider than its column scrolls by keyboard, and nothing else is cut."""

import pytest
from book import PAGES, ROOT

KATEX = ROOT / "docs" / "node_modules" / "katex" / "dist" / "katex.min.js"


# Of each displayed formula: the width of its line, its own, whether it scrolls, the height hidden.
DISPLAYS = """() => [...document.querySelectorAll("article .katex-display")].map(d => {
  const boxes = [...d.querySelectorAll(".katex-html > .base")]
    .map(base => base.getBoundingClientRect());
  const right = Math.max(...boxes.map(box => box.right));
  const line = d.closest(".math-wrapper, section > div, blockquote") ?? d.parentElement;
  const width = right - Math.min(...boxes.map(box => box.left));
  return [line.clientWidth, width, d.scrollWidth > d.clientWidth, d.scrollHeight - d.clientHeight];
})"""


@pytest.mark.parametrize("name", PAGES)
def test_formulas_are_cut_by_nothing_but_their_width(name, reading):
    """No room is kept beside them: one that is narrower than its line stands in it whole."""
    page = reading(name, 390)
    for room, formula, scrolls, hidden in page.evaluate(DISPLAYS):
        assert scrolls == (formula > room + 1)
        assert hidden <= 1


@pytest.mark.parametrize("selector", [".katex-display", ".cell_input pre"])
def test_the_keyboard_scrolls_it_and_the_cue_follows(selector, open_page, server):
    page = open_page(f"{server}/03_ewma.html", width=390)
    part = page.locator(f"article {selector}").first.element_handle()
    part.evaluate("p => { p.style.width = '5rem' }")
    page.wait_for_function("p => p.dataset.more === 'right'", arg=part)
    part.focus()
    assert part.evaluate("p => p.matches(':focus-visible')")
    assert part.evaluate("p => getComputedStyle(p).outlineStyle") == "solid"
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("p => p.dataset.more === 'left'", arg=part)


@pytest.mark.parametrize(("width", "characters"), [(820, 80), (1024, 80), (1440, 100), (1920, 100)])
def test_lines_of_code_fit(width, characters, open_page, server):
    page = open_page(f"{server}/02_momentum_traces.html", width=width)
    code = page.locator("div.cell_input pre").first
    code.evaluate(f"pre => {{ pre.textContent = 'x'.repeat({characters}) }}")
    assert code.evaluate("pre => pre.scrollWidth <= pre.clientWidth")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("source", [r"x\tag{2.1}", r"x = a" + "+ b" * 8 + r"\tag{2.1}"])
def test_a_number_stands_beside_its_formula(source, width, open_page, server):
    page = open_page(f"{server}/02_momentum_traces.html", width=width)
    page.add_script_tag(path=KATEX)
    display = page.locator("article div.math").first
    display.evaluate("(div, source) => katex.render(source, div, { displayMode: true })", source)
    formula, number = display.evaluate("""div => [".base", ".tag"].map(part =>
      [...div.querySelectorAll(`.katex-html > ${part}`)].at(-1).getBoundingClientRect())
      .map(box => ({ left: box.left, right: box.right, middle: (box.top + box.bottom) / 2 }))""")
    last = display.evaluate("""div => Math.max(...[...div.querySelectorAll(".katex-html > .base")]
      .map(base => base.getBoundingClientRect().right))""")
    text = display.evaluate(
        """div => div.querySelector(".tag .mord").getBoundingClientRect().left"""
    )
    assert text > last + 8
    assert abs(number["middle"] - formula["middle"]) < 10
    assert page.evaluate("document.documentElement.scrollWidth") <= width
