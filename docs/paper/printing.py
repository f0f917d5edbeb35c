"""The book printed by Chromium, its contents numbered."""

from pathlib import Path

import chromium
from playwright.sync_api import sync_playwright

from paper.book import about, book, front, headings
from paper.chapters import chapters
from paper.destinations import pages
from paper.editions import Edition
from paper.finishing import finish

OPTIONS = {"prefer_css_page_size": True, "print_background": True, "tagged": True, "outline": True}


def print_book(edition: Edition) -> None:
    """Write the book from the built pages."""
    parts = chapters(edition)
    places = [entry.target for part in parts for entry in part.entries]
    numbered = edition.target.with_stem(f"{edition.target.stem}-front")
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        tab = browser.new_page()
        _print(tab, book(edition, parts), edition.target)
        # Chromium's CSS cannot number the contents; a print of the book takes long.
        _print(tab, front(edition, parts, pages(edition.target, places)), numbered)
    finish(edition.target, numbered, headings(edition, parts), about(edition))
    for path in (numbered, numbered.with_suffix(".html")):
        path.unlink()


def _print(tab, document: str, path: Path) -> None:
    source = path.with_suffix(".html")
    source.write_text(document, encoding="utf-8")
    tab.goto(source.as_uri())
    tab.pdf(path=path, **OPTIONS)
