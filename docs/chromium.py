"""Chromium for the tests of the pages, the PDF and the benchmark: found and launched here only.

Those that use it run with this folder on their path.
"""

import shutil

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Without a sandbox: containers run as root. Without a GPU: the same pixels everywhere.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--font-render-hinting=none",
]


def program() -> str | None:
    """Return the path of Debian's Chromium, or of Chrome; None where there is neither."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def launch(playwright):
    """Start ``program()``, else the build that Playwright installs; use it in ``with``."""
    return playwright.chromium.launch(executable_path=program(), args=FLAGS)
