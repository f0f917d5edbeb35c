"""The book printed by Chromium, its contents numbered."""

from pathlib import Path

import chromium
from playwright.sync_api import sync_playwright

from paper.book import ABOUT, book, headings
from paper.chapters import HTML, chapters
from paper.destinations import pages
from paper.finishing import finish

SOURCE = HTML.with_name("momentum-book.html")
PRINTS = 4
OPTIONS = {"outline": True, "tagged": True, "prefer_css_page_size": True, "print_background": True}


def print_book(target: Path) -> None:
    """Write the book from the built pages."""
    parts = chapters()
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        _print_until_stable(browser.new_page(), parts, target)
    finish(target, headings(parts), ABOUT)


def _print_until_stable(page, parts, target):
    """Print until the contents agree with the pages: Chromium's CSS cannot number them."""
    places = [entry.target for part in parts for entry in part.entries]
    numbers = dict.fromkeys(places, 0)
    for _ in range(PRINTS):
        SOURCE.write_text(book(parts, numbers), encoding="utf-8")
        page.goto(SOURCE.as_uri())
        page.pdf(path=target, **OPTIONS)
        printed = pages(target, places)
        if printed == numbers:
            return
        numbers = printed
    raise RuntimeError(f"the contents moved the pages that they name in each of {PRINTS} prints")
