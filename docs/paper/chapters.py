"""The built pages as chapters: ids are unique in the book, and links lead into it."""

import posixpath
import re
from copy import deepcopy
from html import escape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import html

from paper.adapting import drop_what_is_for_the_screen, turn_to_paper
from paper.editions import Edition

UTF8 = html.HTMLParser(encoding="utf-8")
NOT_LISTED = {"summary", "exercises", "reading"}


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


def page(edition: Edition, name: str) -> html.HtmlElement:
    """Parse a built page."""
    return html.parse(edition.html / f"{name}.html", UTF8).getroot()


def source(element: html.HtmlElement) -> str:
    """Return an element as HTML."""
    return html.tostring(element, encoding="unicode", with_tail=False)


def _inside(element):
    """Return what is inside an element, as HTML."""
    parts = [html.tostring(part, encoding="unicode") for part in element]
    return escape(element.text or "", quote=False) + "".join(parts)


def _chapter(edition, name):
    article = page(edition, name).find(".//article")
    headings = _headings(article)
    turn_to_paper(article, edition.words)
    _make_ids_unique(article, name)
    _lead_links_into_the_book(article, name, edition.names)
    _find_files(article, name, edition.folder)
    sections = not name.startswith("solutions/")
    listed = [h for h in article.iter("h1", "h2") if h.tag == "h1" or (sections and _is_listed(h))]
    entries = [_entry(heading) for heading in listed]
    return Chapter(_id(name), headings, _inside(article), entries)


def _is_listed(heading):
    section = heading.getparent()
    return section.tag == "section" and not NOT_LISTED & set(section.classes)


def _id(name, fragment=""):
    """Return the id, in the book, of a page or of a place on it: a plain name in CSS and in PDF."""
    place = f"page-{name}--{fragment}" if fragment else f"page-{name}"
    return re.sub(r"[^a-zA-Z0-9_-]", lambda match: f"_{ord(match[0]):x}", place)


def _make_ids_unique(article, name):
    for element in article.iterdescendants():
        if "id" in element.attrib:
            element.set("id", _id(name, element.get("id")))


def _lead_links_into_the_book(article, name, names):
    """Links to pages become links to chapters; those to files keep their words only."""
    for link in [link for link in article.iter("a") if "href" in link.attrib]:
        url = urlsplit(link.get("href"))
        if url.scheme:
            continue
        target = _beside(name, url.path).removesuffix(".html") if url.path else name
        if target in names:
            link.set("href", "#" + _id(target, unquote(url.fragment)))
        else:
            link.drop_tag()


def _find_files(article, name, folder):
    """Pictures are named from the folder of the book, which is beside the site's."""
    for picture in article.iter("img"):
        picture.set("src", f"{folder}/{_beside(name, picture.get('src'))}")


def _beside(name, path):
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _entry(heading):
    """A section may begin at the foot of the sheet before its heading's: lead to this."""
    target = next(part.get("id") for part in heading.iterancestors() if part.get("id"))
    heading.set("id", f"{target}--heading")
    words = deepcopy(heading)
    for link in list(words.iter("a")):
        link.drop_tag()
    return Entry(heading.get("id"), _inside(words))


def _headings(article):
    """Return the headings as text."""
    return [_plain(heading) for heading in article.iter("h1", "h2", "h3", "h4", "h5", "h6")]


def _plain(heading):
    """Of a formula take its MathML, with the signs that this draws."""
    plain = deepcopy(heading)
    drop_what_is_for_the_screen(plain)
    for part in [*plain.find_class("katex-html"), *plain.iter("annotation")]:
        part.drop_tree()
    for root in plain.iter("msqrt"):
        root.text = f"√{root.text or ''}"
    for power in plain.iter("msup"):
        power[0].tail = "^"
    return plain.text_content().strip()
