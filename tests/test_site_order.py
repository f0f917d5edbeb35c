"""The order of the pages stands in docs/_toc.yml; whoever lists them lists them so."""

import json
import re

import nbformat
import pytest
from book import CHAPTERS, PAGES, ROOT
from translation import edition

NOTEBOOKS = ROOT / "notebooks"


def test_the_order_is_of_the_pages_there_are():
    assert len(PAGES) == len(set(PAGES))
    assert set(PAGES) == set(edition.names())
    assert PAGES[0] == "index"
    assert sorted(CHAPTERS) == CHAPTERS == PAGES[1 : 1 + len(CHAPTERS)]


def test_the_english_edition_has_the_same_order():
    orders = [
        re.findall(r"- file: (\S+)", (ROOT / "docs" / name).read_text(encoding="utf-8"))
        for name in ("_toc.yml", "_toc.en.yml")
    ]
    assert orders[0] == orders[1]


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_tables_of_the_readmes(name):
    """Rows such as | [1 title](notebooks/01_x.ipynb) | question | [English](…) |."""
    text = (ROOT / name).read_text(encoding="utf-8")
    link = r"\[([^\]]*)\]\(notebooks/(?:en/)?(\w+)\.ipynb\)"
    found = re.findall(rf"^\| {link} \|.*\| {link} \|$", text, flags=re.MULTILINE)
    assert all(page == twin for _, page, _, twin in found)
    rows = [row[:2] for row in found]
    assert [page for _, page in rows] == ["index", *CHAPTERS]
    assert [words.split()[0] for words, _ in rows[1:]] == [str(int(c[:2])) for c in CHAPTERS]


def test_the_index_links_to_the_chapters_in_order():
    cells = nbformat.read(NOTEBOOKS / "index.ipynb", as_version=4).cells
    tables = [c.source for c in cells if c.cell_type == "markdown" and "\n|" in c.source]
    linked = re.findall(r"^\|.*?\]\((\w+)\.ipynb\)", "\n".join(tables), flags=re.MULTILINE)
    assert linked == CHAPTERS


@pytest.mark.parametrize("here", range(len(CHAPTERS) - 1))
def test_each_chapter_ends_on_a_link_to_the_next(here):
    last = nbformat.read(NOTEBOOKS / f"{CHAPTERS[here]}.ipynb", as_version=4).cells[-1].source
    assert re.findall(r"下一节：\[[^\]]*\]\((\w+)\.ipynb\)", last) == [CHAPTERS[here + 1]]


def test_what_npm_installs_is_pinned_to_its_lock():
    wanted = json.loads((ROOT / "docs/package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "docs/package-lock.json").read_text(encoding="utf-8"))["packages"]
    for kind in ("dependencies", "devDependencies"):
        assert lock[""].get(kind, {}) == wanted.get(kind, {})
        for name, version in wanted.get(kind, {}).items():
            assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
            assert lock[f"node_modules/{name}"]["version"] == version


def test_the_lock_of_npm_names_no_registry():
    text = (ROOT / "docs/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity"') == len(json.loads(text)["packages"]) - 1
