"""The book printed by Chromium, its contents numbered."""

import chromium
from playwright.sync_api import sync_playwright

from paper.book import about, book, headings
from paper.chapters import chapters
from paper.destinations import pages
from paper.editions import Edition
from paper.finishing import finish

PRINTS = 4
OPTIONS = {"prefer_css_page_size": True, "print_background": True}
# The first print is for the numbers of the sheets: it lays out all, and draws the headings alone.
DRAFT = """article * { visibility: hidden }
article :is(h1, h2, h3), article :is(h1, h2, h3) * { visibility: visible }"""


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
    for number in range(PRINTS):
        source.write_text(book(edition, parts, numbers), encoding="utf-8")
        page.goto(source.as_uri())
        if number == 0:
            page.add_style_tag(content=DRAFT)
        page.pdf(path=edition.target, tagged=number > 0, outline=number > 0, **OPTIONS)
        printed = pages(edition.target, places)
        if printed == numbers:
            return
        numbers = printed
    raise RuntimeError(f"the contents moved the pages that they name in each of {PRINTS} prints")
