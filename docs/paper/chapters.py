"""The built pages as chapters: ids are unique in the book, and links lead into it."""

import posixpath
import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from paper.adapting import ON_SCREEN, turn_to_paper
from paper.editions import Edition

HEADING = re.compile("^h[1-6]$")
SECTIONS = "section:not(.summary, .exercises, .reading) > h2"


class Entry(NamedTuple):
    """A line of the contents: where it leads, and the heading's inner HTML."""

    target: str
    html: str


class Chapter(NamedTuple):
    """A page of the site: its id in the book, its headings as text, its lines in the contents."""

    id: str
    headings: list[str]
    html: str
    entries: list[Entry]


def chapters(edition: Edition) -> list[Chapter]:
    """Return all pages in the order of the book."""
    return [_chapter(edition, name) for name in edition.names]


def page(edition: Edition, name: str) -> BeautifulSoup:
    """Parse a built page."""
    text = (edition.html / f"{name}.html").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")


def _chapter(edition, name):
    article = page(edition, name).article
    headings = _headings(article)
    turn_to_paper(article, edition.words)
    _make_ids_unique(article, name)
    _lead_links_into_the_book(article, name, edition.names)
    _find_files(article, name, edition.folder)
    listed = "h1" if name.startswith("solutions/") else f"h1, {SECTIONS}"
    entries = [_entry(heading) for heading in article.select(listed)]
    return Chapter(_id(name), headings, article.decode_contents(), entries)


def _id(name, fragment=""):
    """Return the id, in the book, of a page or of a place on it: a plain name in CSS and in PDF."""
    place = f"page-{name}--{fragment}" if fragment else f"page-{name}"
    return re.sub(r"[^a-zA-Z0-9_-]", lambda match: f"_{ord(match[0]):x}", place)


def _make_ids_unique(article, name):
    for element in article.find_all(id=True):
        element["id"] = _id(name, element["id"])


def _lead_links_into_the_book(article, name, names):
    """Links to pages become links to chapters; those to files keep their words only."""
    for link in article.find_all("a", href=True):
        url = urlsplit(link["href"])
        if url.scheme:
            continue
        target = _beside(name, url.path).removesuffix(".html") if url.path else name
        if target in names:
            link["href"] = "#" + _id(target, unquote(url.fragment))
        else:
            link.unwrap()


def _find_files(article, name, folder):
    """Pictures are named from the folder of the book, which is beside the site's."""
    for picture in article.find_all("img"):
        if not urlsplit(picture["src"]).scheme:
            picture["src"] = f"{folder}/{_beside(name, picture['src'])}"


def _beside(name, path):
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _entry(heading):
    """A section may begin at the foot of the sheet before its heading's: lead to this."""
    target = heading.find_parent(id=True)["id"] + "--heading"
    heading["id"] = target
    inner = BeautifulSoup(heading.decode_contents(), "html.parser")
    for link in inner("a"):
        link.unwrap()
    return Entry(target, str(inner))


def _headings(article):
    """Return the headings as text."""
    return [_plain(heading) for heading in article.find_all(HEADING)]


def _plain(heading):
    """Of a formula take its MathML, with the signs that this draws."""
    plain = BeautifulSoup(str(heading), "html.parser")
    for part in plain.select(f".katex-html, annotation, {ON_SCREEN}"):
        part.decompose()
    for root in plain("msqrt"):
        root.insert(0, "√")
    for power in plain("msup"):
        power.insert(1, "^")
    return plain.get_text().strip()
