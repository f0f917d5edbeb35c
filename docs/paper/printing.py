"""The book printed by Chromium, its contents numbered."""

import chromium
from playwright.sync_api import sync_playwright

from paper.book import about, book, headings
from paper.chapters import chapters
from paper.destinations import pages
from paper.editions import Edition
from paper.finishing import finish

PRINTS = 4
OPTIONS = {"outline": True, "tagged": True, "prefer_css_page_size": True, "print_background": True}


def print_book(edition: Edition) -> None:
    """Write the book from the built pages."""
    parts = chapters(edition)
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        _print_until_stable(browser.new_page(), edition, parts)
    finish(edition.target, headings(edition, parts), about(edition))


def _print_until_stable(page, edition, parts):
    """Print until the contents agree with the pages: Chromium's CSS cannot number them."""
    places = [entry.target for part in parts for entry in part.entries]
    numbers = dict.fromkeys(places, 0)
    source = edition.target.with_suffix(".html")
    for _ in range(PRINTS):
        source.write_text(book(edition, parts, numbers), encoding="utf-8")
        page.goto(source.as_uri())
        page.pdf(path=edition.target, **OPTIONS)
        printed = pages(edition.target, places)
        if printed == numbers:
            return
        numbers = printed
    raise RuntimeError(f"the contents moved the pages that they name in each of {PRINTS} prints")
