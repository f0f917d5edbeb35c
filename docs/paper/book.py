"""The whole book as one HTML document."""

import json

import conf
from jinja2 import Environment, FileSystemLoader

from paper.chapters import DOCS, HTML, NAMES, Chapter, page

COVER = "../docs/traces.svg"
CONTENTS = "目录"
ABOUT = {
    "Title": conf.html_title,
    "Author": conf.author,
    "Creator": f"{conf.project} {conf.release}",
}


def book(chapters: list[Chapter], pages: dict[str, int]) -> str:
    """Return the document; ``pages`` holds the page number of each line of the contents."""
    environment = Environment(loader=FileSystemLoader(DOCS / "paper"))
    # A string of JSON is one of CSS: no title has a control character.
    environment.filters["css_string"] = lambda text: json.dumps(text, ensure_ascii=False)
    front = page(NAMES[0])
    return environment.get_template("book.html").render(
        title=ABOUT["Title"],
        name=conf.project,
        subtitle=ABOUT["Title"].removeprefix(f"{conf.project}："),
        author=conf.author,
        version=conf.release,
        licences=front.select_one("p.licences"),
        sheets=_sheets(front),
        cover=COVER,
        contents=CONTENTS,
        chapters=chapters,
        pages=pages,
    )


def headings(chapters: list[Chapter]) -> list[str]:
    """Return all headings of the document, in order, as text."""
    return [CONTENTS, *(heading for chapter in chapters for heading in chapter.headings)]


def _sheets(front):
    """Return the style sheets of the site, as a document beside its folder names them."""
    for link in front.select("link[rel=stylesheet]"):
        link["href"] = f"{HTML.name}/{link['href']}"
    return front.head.select("link[rel=stylesheet], style")
