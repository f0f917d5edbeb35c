"""What can be wrong with a page at one width: each function returns what it finds."""

# Each formula in the text: its source, its width, the lines that it takes, the width of a bracket
# that a line tears (0: none), and whether the punctuation beside it stands on another line.
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
    const bases = [...formula.querySelectorAll(".katex-html .base")];
    const base = bases.at(step > 0 ? -1 : 0).getBoundingClientRect();
    return apart(boxOfText(text, at), base) ? sign : "";
  };
  const tornBracket = (bases) => {
    let depth = 0, width = 0, torn = false, found = 0, before = null;
    for (const base of bases) {
      const box = base.getBoundingClientRect();
      if (depth > 0 && box.left < before.left) torn = true;
      width = depth > 0 ? width + box.width : box.width;
      depth += base.querySelectorAll(".mopen").length - base.querySelectorAll(".mclose").length;
      if (depth <= 0 && torn) { found = width; torn = false; }
      before = box;
    }
    return found;
  };
  return [...document.querySelectorAll("article span.math")].map(formula => {
    const bases = [...formula.querySelectorAll(".katex-html .base")];
    const boxes = bases.map(base => base.getBoundingClientRect());
    const lines = boxes.filter((box, i) => i === 0 || box.left < boxes[i - 1].left).length;
    return {
      source: formula.querySelector("annotation").textContent,
      width: boxes.reduce((sum, box) => sum + box.width, 0),
      lines, bracket: tornBracket(bases), after: beside(formula, 1), before: beside(formula, -1),
    };
  });
}"""


# All that is cut: parts of the text that hide what they hold.
CUT = """() => [...document.querySelectorAll("article *")]
  .filter(part => part.clientWidth && part.scrollWidth > part.clientWidth + 1)
  .filter(part => !part.closest(".katex-mathml, momentum-explorer, .momentum-explorer"))
  .filter(part => getComputedStyle(part).overflowX !== "visible")
  .map(part => ({
    what: part.className || part.tagName,
    focus: part.tabIndex,
    hidden: part.closest("[aria-hidden=true]") !== null,
    name: part.getAttribute("aria-label") || "",
    cue: getComputedStyle(part).maskImage,
  }))"""

BEYOND = """() => [document.documentElement, document.querySelector(".content")]
  .map(part => part.scrollWidth - part.clientWidth)"""


def sticking_out(page):
    """Return by how many pixels the page, or its content, is wider than its window."""
    return [f"{extra} px too wide" for extra in page.evaluate(BEYOND) if extra]


def torn_formulas(page):
    """Return formulas that a line tears, short brackets too, and those beside whose line their
    punctuation stands.
    """
    found = page.evaluate(FORMULAS)
    torn = [f["source"] for f in found if f["width"] < 140 and f["lines"] > 1]
    torn += [f"bracket of {f['source']}" for f in found if 0 < f["bracket"] < 140]
    after = [f"{f['source']} … {f['after']}" for f in found if f["after"]]
    before = [f"{f['before']} … {f['source']}" for f in found if f["before"]]
    return torn + after + before


def cut_in_silence(page):
    """Return what is wider than its column and does not show it, or has no name of its own."""
    cut = page.evaluate(CUT)
    names = [part["name"] for part in cut]
    says = "scrolls sideways" if page.url.rpartition("/en/")[1] else "可左右滚动"
    return [
        f"cut: {part}"
        for part in cut
        if part["focus"] != 0
        or part["hidden"]
        or "gradient" not in part["cue"]
        or not part["name"].endswith(says)
        or names.count(part["name"]) > 1
    ]
