"""One page in one of three engines, with the few things that tests do in all of them.

Chromium is driven by Playwright, whose Firefox and WebKit are builds of its own; those of a
distribution speak WebDriver: Firefox over a socket (BiDi), WebKitGTK over HTTP.
"""

import json
import re

from selenium.webdriver.common.keys import Keys


class Tab:
    """What the engines share; each adds ``open``, ``run`` and the five of a hand."""

    def evaluate(self, function, *args):
        """Return what a JavaScript function, or its promise, gives as JSON."""
        values = ", ".join(map(json.dumps, args))
        result = self.run(f"(async () => JSON.stringify(await ({function})({values}) ?? null))()")
        return json.loads(result)


class ChromiumTab(Tab):
    def __init__(self, page):
        self.page = page
        self.open, self.run = page.goto, page.evaluate
        self.move, self.down, self.up = page.mouse.move, page.mouse.down, page.mouse.up
        self.key = page.keyboard.press


class WebDriverTab(Tab):
    """The hand of WebDriver: the same actions over the socket and over HTTP."""

    def move(self, x, y):
        self.point(type="pointerMove", x=round(x), y=round(y), duration=0)

    def down(self):
        self.point(type="pointerDown", button=0)

    def up(self):
        self.point(type="pointerUp", button=0)

    def point(self, **action):
        self.perform({"type": "pointer", "id": "mouse", "actions": [action]})

    def key(self, names):
        """Press and release a key, or several at once: ``Shift+ArrowLeft``."""
        codes = [code(name) for name in names.split("+")]
        press = [{"type": "keyDown", "value": value} for value in codes]
        release = [{"type": "keyUp", "value": value} for value in reversed(codes)]
        self.perform({"type": "key", "id": "keyboard", "actions": press + release})


def code(name):
    """Return the character by which WebDriver knows a key: ``ArrowLeft`` is Keys.ARROW_LEFT."""
    if len(name) == 1:
        return name
    return getattr(Keys, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper())


class FirefoxTab(WebDriverTab):
    def __init__(self, send, context):
        self.send, self.context = send, context

    def open(self, url):
        self.send("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def run(self, expression):
        where = {"context": self.context}
        done = self.send("script.evaluate", expression=expression, target=where, awaitPromise=True)
        if done["type"] == "exception":
            raise RuntimeError(done["exceptionDetails"]["text"])
        return done["result"]["value"]

    def perform(self, source):
        self.send("input.performActions", context=self.context, actions=[source])


class WebKitTab(WebDriverTab):
    def __init__(self, driver):
        self.driver, self.open = driver, driver.get

    def run(self, expression):
        return self.driver.execute_script(f"return {expression}")

    def perform(self, source):
        self.driver.execute("actions", {"actions": [source]})
