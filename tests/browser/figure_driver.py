"""Reading and working the interactive figure as its user does, and what Python says of it."""

import re
import time

from reference import endpoint
from tabs import ChromiumTab

FIGURES = {
    "01_gradient_descent_problem": "bowl",
    "02_momentum_traces": "momentum",
    "07_why_momentum_works": "optimum",
}
PAGE, NAME = "02_momentum_traces", "momentum"
PUBLISHED = {  # preset: what it prints
    "(0.4, 0)": "epoch 20, x1 -0.943467, x2 -0.000073",
    "(0.6, 0)": "epoch 20, x1 -0.387814, x2 -1673.365109",
    "(0.4, 0.5)": "epoch 20, x1 -0.062843, x2 0.001202",
    "(0.6, 0.5)": "epoch 20, x1 0.007188, x2 0.002553",
}


def expected(eta, gamma, kappa=20, start=(-5, -2), steps=20):
    """The line that Python prints at the end of such a run."""
    return endpoint(eta, gamma, kappa, start, steps)["printed"]


def wait_until(condition, seconds=30):
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, f"not within {seconds} s"


# Call a function of the figure's root after the frame in which a change is drawn.
IN_FIGURE = """async (id, ...args) => {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const root = document.getElementById(id)?.shadowRoot;
  return root && (%s)(root, ...args);
}"""

ROWS = """(root, style) => [...root.querySelectorAll(`.${style} > p:not([hidden])`)]
  .map((row) => [row.querySelector("b").textContent, row.innerText])"""

# Where to point at an element, which is scrolled into sight; nothing may lie over it.
REACH = """(root, selector, words) => {
  const named = (part) => (part.getAttribute("aria-label") ?? part.textContent) === words;
  const part = [...root.querySelectorAll(selector)].find((part) => !words || named(part));
  part.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { x, y, width, height } = part.getBoundingClientRect();
  const at = [x + width / 2, y + height / 2];
  const top = root.elementFromPoint(...at);
  if (!part.contains(top)) throw new Error(`${selector} lies under ${top?.outerHTML}`);
  return at;
}"""


class FigureInTab:
    """One interactive figure on a page, in whichever engine: see tabs.py."""

    def __init__(self, tab, name):
        self.tab, self.id = tab, f"explorer-{name}"
        wait_until(lambda: self.read("(root) => Boolean(root.querySelector('.play'))"))
        self.read("(root) => root.host.scrollIntoView({ block: 'nearest', behavior: 'instant' })")

    def read(self, function, *args):
        return self.tab.evaluate(IN_FIGURE % function, self.id, *args)

    def settle(self):
        """Wait for the frame in which a change is drawn."""
        self.read("() => null")

    def ends(self):
        """What is printed under the trace: {method: line}."""
        rows = self.read(ROWS, "ends")
        return {name: re.search(r"epoch .*(?=, f\s)", row)[0] for name, row in rows}

    def end(self):
        """The line of the method that the settings describe."""
        return list(self.ends().values())[-1]

    def typed(self, name):
        return float(self.read("(root, name) => root.querySelector(name).value", f"[name={name}]"))

    def label(self):
        """What the button that plays and pauses says."""
        return self.read("(root) => root.querySelector('.play').innerText")

    def centre(self, name):
        box = """(root, name) => {
          const { x, y, width, height } = root.querySelector(name).getBoundingClientRect();
          return [x + width / 2, y + height / 2];
        }"""
        return tuple(self.read(box, f"[data-handle={name}]"))

    def numbers(self, name):
        """The two numbers that a screen reader hears of a handle."""
        words = self.read(
            "(root, name) => root.querySelector(name).ariaValueText", f"[data-handle={name}]"
        )
        return tuple(float(x) for x in re.findall(r"-?\d+\.?\d*", re.sub(r"x[₁₂]", "", words)))

    def point(self, selector, words=None):
        """Bring the mouse over an element."""
        at = self.read(REACH, selector, words)
        self.tab.move(*at)
        return at

    def click(self, selector, words=None):
        self.point(selector, words)
        self.tab.down()
        self.tab.up()

    def press(self, words):
        self.click("button", words)

    def drag(self, name, across, down):
        x, y = self.point(f"[data-handle={name}]")
        self.tab.down()
        for part in range(1, 6):
            self.tab.move(x + across * part / 5, y + down * part / 5)
        self.tab.up()

    def keys(self, selector, *keys):
        self.read("(root, selector) => root.querySelector(selector).focus()", selector)
        self.tab.keys(*keys)

    def type(self, **settings):
        for name, value in settings.items():
            self.click(f"[name={name}]")
            self.tab.keys("Control+a", "Delete", *str(value), "Tab")


class Figure(FigureInTab):
    """The figure in Chromium, where tests may also use what Playwright offers."""

    def __init__(self, page, name):
        super().__init__(ChromiumTab(page), name)
        self.page = page

    @property
    def root(self):
        """The figure as it stands after the frame in which a change is drawn."""
        self.settle()
        return self.page.locator(f"#{self.id}")

    def handle(self, name):
        return self.root.locator(f"[data-handle={name}]")

    def verdicts(self):
        """What becomes of each run: {method: sentence}."""
        self.settle()
        rows = self.root.locator(".verdicts > p:not([hidden])").all()
        return {r.locator("b").text_content(): r.locator("span").inner_text() for r in rows}

    def verdict(self):
        """The sentence on the method that the settings describe."""
        return list(self.verdicts().values())[-1]
