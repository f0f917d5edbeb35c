"""Print every page of _build/html to _build/pdf with Chromium."""

from pathlib import Path

import chromium
from playwright.sync_api import sync_playwright

BUILD = Path(__file__).resolve().parents[1] / "_build"


def main():
    """Write one A4 PDF a page, in the look of the print style sheet."""
    (BUILD / "pdf").mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        page = browser.new_page()
        for source in sorted((BUILD / "html").glob("*.html")):
            if source.name == "search.html":
                continue
            page.goto(source.as_uri())
            target = BUILD / "pdf" / f"{source.stem}.pdf"
            page.pdf(path=target, prefer_css_page_size=True, print_background=True)
            print(target)


if __name__ == "__main__":
    main()
