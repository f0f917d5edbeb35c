"""The whole book as one HTML document."""

import json

import conf
from jinja2 import Environment, FileSystemLoader

from paper.chapters import Chapter, page, source
from paper.editions import DOCS, Edition

COVER = "../docs/traces.svg"


def about(edition: Edition) -> dict[str, str]:
    """Return what the PDF says of itself."""
    return {
        "Title": edition.words["title"],
        "Author": conf.author,
        "Creator": f"{edition.words['project']} {conf.release}",
    }


def book(edition: Edition, chapters: list[Chapter]) -> str:
    """Return the whole document; the lines of its contents all have the number 0."""
    return _document(edition, contents=chapters, chapters=chapters, pages={})


def front(edition: Edition, chapters: list[Chapter], pages: dict[str, int]) -> str:
    """Return the cover and the contents alone; ``pages`` holds the number of each line."""
    return _document(edition, contents=chapters, chapters=[], pages=pages)


def headings(edition: Edition, chapters: list[Chapter]) -> list[str]:
    """Return all headings of the document, in order, as text."""
    return [
        edition.words["contents"],
        *(heading for chapter in chapters for heading in chapter.headings),
    ]


def _document(edition, **parts):
    environment = Environment(loader=FileSystemLoader(DOCS / "paper"))
    # A string of JSON is one of CSS: no title has a control character.
    environment.filters["css_string"] = lambda text: json.dumps(text, ensure_ascii=False)
    index = page(edition, edition.names[0])
    words = edition.words
    return environment.get_template("book.html").render(
        words=words,
        author=conf.author,
        version=words["version"].format(version=conf.release),
        licences=source(index.find_class("licences")[0]),
        sheets=_sheets(index, edition.folder),
        cover=COVER,
        **parts,
    )


def _sheets(index, folder):
    """Return the style sheets of the site, as a document beside its folder names them."""
    sheets = index.head.xpath("link[@rel='stylesheet'] | style")
    for link in index.head.xpath("link[@rel='stylesheet']"):
        link.set("href", f"{folder}/{link.get('href')}")
    return [source(sheet) for sheet in sheets]
