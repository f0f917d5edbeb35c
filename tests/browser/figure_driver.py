"""Reading and working the interactive figure as its user does, and what Python says of it."""

import re

from reference import endpoint


def expected(eta, gamma, kappa=20, start=(-5, -2), steps=20):
    """The line that Python prints at the end of such a run."""
    return endpoint(eta, gamma, kappa, start, steps)["printed"]


class Figure:
    """One interactive figure on a page."""

    def __init__(self, page, name):
        self.page, self.root = page, page.locator(f"#explorer-{name}")
        self.root.scroll_into_view_if_needed()
        self.root.locator(".play").wait_for()
        self.settle()

    def settle(self):
        """Wait for the frame in which a change is drawn."""
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
        )

    def ends(self):
        """What is printed under the trace: {method: line}."""
        self.settle()
        rows = self.root.locator(".ends > p:not([hidden])").all()
        found = {row.locator("b").inner_text(): row.inner_text() for row in rows}
        return {name: re.search(r"epoch .*(?=, f\s)", row)[0] for name, row in found.items()}

    def end(self):
        """The line of the method that the settings describe."""
        return list(self.ends().values())[-1]

    def verdicts(self):
        """What becomes of each run: {method: sentence}."""
        self.settle()
        rows = self.root.locator(".verdicts > p:not([hidden])").all()
        return {r.locator("b").text_content(): r.locator("span").inner_text() for r in rows}

    def verdict(self):
        """The sentence on the method that the settings describe."""
        return list(self.verdicts().values())[-1]

    def type(self, **settings):
        for name, value in settings.items():
            self.root.locator(f"[name={name}]").fill(str(value))
            self.root.locator(f"[name={name}]").press("Tab")
        self.settle()

    def typed(self, name):
        self.settle()
        return float(self.root.locator(f"[name={name}]").input_value())

    def handle(self, name):
        return self.root.locator(f"[data-handle={name}]")

    def centre(self, name):
        self.settle()
        box = self.handle(name).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def numbers(self, name):
        """The two numbers that a screen reader hears of a handle."""
        self.settle()
        words = self.handle(name).get_attribute("aria-valuetext")
        return tuple(float(x) for x in re.findall(r"-?\d+\.?\d*", re.sub(r"x[₁₂]", "", words)))

    def drag(self, name, across, down):
        x, y = self.centre(name)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for part in range(1, 6):
            self.page.mouse.move(x + across * part / 5, y + down * part / 5)
        self.page.mouse.up()
        self.settle()

    def press(self, words):
        self.root.get_by_role("button", name=words, exact=True).click()
        self.settle()
