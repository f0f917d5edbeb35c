"""Ids and links of every page: ids are unique and can be read, internal links land on one."""

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from book import ENGLISH, HTML, PAGES

SITE = "https://site.invalid/"
EVERY = [*PAGES, *ENGLISH]
BUILT = [*EVERY, "search", "en/search"]


class Ids(HTMLParser):
    """Collects the ids, those of sections apart, and where links and forms lead."""

    def __init__(self):
        super().__init__()
        self.ids, self.sections, self.links = [], [], []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.sections += [found["id"]] if tag == "section" and "id" in found else []
        leads = {"a": "href", "use": "href", "link": "href", "script": "src", "img": "src"}
        link = found.get(leads.get(tag, "action"))
        self.links += [link] if link else []


@cache
def parsed(name):
    reader = Ids()
    reader.feed((HTML / name).read_text(encoding="utf-8"))
    return reader


def missing(name):
    """The internal links of a page that lead nowhere."""
    wrong = []
    for link in parsed(name).links:
        url = urlsplit(urljoin(SITE + name, link))
        if f"{url.scheme}://{url.netloc}/" != SITE:
            continue
        path = unquote(url.path).lstrip("/")
        there = (HTML / path).is_file()
        anchor = unquote(url.fragment)
        if not there or (anchor and anchor not in parsed(path).ids):
            wrong.append(link)
    return wrong


@pytest.mark.parametrize("name", BUILT)
def test_every_internal_link_lands(name):
    assert len(parsed(f"{name}.html").links) > 10
    assert missing(f"{name}.html") == []


def neighbour(name, which):
    """Return the page to which the link at the foot of one leads, forth or back."""
    text = (HTML / f"{name}.html").read_text(encoding="utf-8")
    link = re.search(rf'<a class="{which}-page" href="([^"]+)\.html"', text)
    return urljoin(name, link[1]) if link else None


@pytest.mark.parametrize("pages", [PAGES, ENGLISH], ids=["zh", "en"])
def test_next_and_previous_walk_the_book(pages):
    assert [neighbour(name, "next") for name in pages] == [*pages[1:], None]
    assert [neighbour(name, "prev") for name in pages] == [None, *pages[:-1]]


@pytest.mark.parametrize("name", BUILT)
def test_ids_are_unique(name):
    assert [i for i, count in Counter(parsed(f"{name}.html").ids).items() if count > 1] == []


@pytest.mark.parametrize("name", EVERY)
def test_the_ids_of_sections_can_be_read(name):
    sections = parsed(f"{name}.html").sections
    assert sections
    for section in sections:
        assert not re.fullmatch(r"(id|section-)?\d*", section)
        assert re.fullmatch(r"\w[\w-]*\w", section), section


@pytest.mark.parametrize("name", PAGES)
def test_the_contents_of_a_page_and_its_headings_agree(name, reading):
    """Every heading's own link names the readable id, and so does the list beside the page."""
    page = reading(name)
    own = page.evaluate("""() => [...document.querySelectorAll("article section[id] > :is(h2, h3)")]
      .map(h => [h.parentElement.id, h.querySelector(".headerlink").getAttribute("href")])""")
    assert [link for _, link in own] == [f"#{section}" for section, _ in own]
    listed = page.evaluate("""() => [...document.querySelectorAll(".toc-tree a")]
      .map(a => decodeURIComponent(a.hash)).slice(1)""")
    assert listed == [link for _, link in own]


@pytest.mark.parametrize("how", ["server", "file"])
def test_a_link_with_an_anchor_brings_its_heading_into_sight(how, open_page, server):
    home = server if how == "server" else HTML.as_uri()
    page = open_page(f"{home}/07_why_momentum_works.html#临界阻尼")
    heading = page.locator("section[id='临界阻尼'] > h2")
    page.wait_for_function(
        "h => Math.abs(h.getBoundingClientRect().top - 60) < 80", arg=heading.element_handle()
    )
    page.locator(".toc-tree a[href='#小结']").click()
    summary = page.locator("section[id='小结'] > h2")
    page.wait_for_function(
        "h => h.getBoundingClientRect().top >= 0 && h.getBoundingClientRect().top < 300",
        arg=summary.element_handle(),
    )


BROKEN = {
    "sound": ('<a href="a.html#乙">x</a>', []),
    "encoded": ('<a href="a.html#%E4%B9%99">x</a>', []),
    "elsewhere": ('<a href="https://example.org/nothing">x</a>', []),
    "no such id": ('<a href="#丙">x</a>', ["#丙"]),
    "no such page": ('<a href="b.html">x</a>', ["b.html"]),
    "no such file": ('<img src="b.svg">', ["b.svg"]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_found(case, tmp_path, monkeypatch):
    text, expected = BROKEN[case]
    (tmp_path / "a.html").write_text(f'<p id="乙">{text}</p>', encoding="utf-8")
    monkeypatch.setattr("test_links.HTML", tmp_path)
    parsed.cache_clear()
    assert missing("a.html") == expected
    parsed.cache_clear()
