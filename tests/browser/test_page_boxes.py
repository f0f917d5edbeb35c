"""The boxes at the end of a page: what they say agrees with the README and CITATION.cff."""

import re

import pytest
import yaml
from book import ENGLISH, HTML, PAGES, ROOT
from readme_commands import commands
from test_pages import violations

CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
AUTHORS = [author["name"] for author in CITATION["authors"]]
NOTEBOOKS = [name for name in PAGES if (ROOT / "notebooks" / f"{name}.ipynb").exists()]


@pytest.mark.parametrize("name", PAGES)
def test_the_citation_is_of_this_page(name, reading):
    page = reading(name)
    words, bibtex = page.locator(".page-box.cite pre").all_text_contents()
    title = re.sub(r"^\d+\. ", "", page.title().partition(" - ")[0])
    title = title if name != "index" else CITATION["title"]
    for part in (title, CITATION["title"], CITATION["version"], *AUTHORS):
        assert part in words
    fields = dict(re.findall(r"^  (\w+) += \{(.*)\},$", bibtex, flags=re.MULTILINE))
    assert fields["title"] == title
    assert fields["author"] == " and ".join(f"{{{author}}}" for author in AUTHORS)
    assert fields["year"] == str(CITATION["date-released"])[:4]
    assert bibtex.count("{") == bibtex.count("}")


def test_the_keys_of_bibtex_are_unique():
    texts = [(HTML / f"{name}.html").read_text(encoding="utf-8") for name in [*PAGES, *ENGLISH]]
    keys = [re.search(r"@misc\{([\w-]+),", text)[1] for text in texts]
    assert len(set(keys)) == 2 * len(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_how_to_run(name, reading):
    page = reading(name)
    box = page.locator(".page-box.run")
    assert box.count() == (name in NOTEBOOKS)
    if name not in NOTEBOOKS:
        return
    assert box.evaluate("box => box.open") == (name == "index")
    make, *plain = box.locator("pre").all_text_contents()
    assert make == "make lab"
    assert (f"在左边点 {name}.ipynb" in box.text_content()) == (name != "index")
    for shell, shown in zip(("sh", "powershell"), plain, strict=True):
        *before, last = commands("README.md")[shell, "lab"]
        assert shown.splitlines() == [*before, last.replace("index", name)]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_open_boxes_fit_and_are_accessible(width, scheme, open_page, server):
    page = open_page(f"{server}/02_momentum_traces.html", width=width, color_scheme=scheme)
    for summary in page.locator(".page-box summary").all():
        summary.click()
    for text in page.locator(".page-box pre").all():
        assert text.evaluate("text => text.scrollWidth <= text.clientWidth")
        box, around = text.bounding_box(), page.locator(".page-box").first.bounding_box()
        assert box["x"] + box["width"] <= around["x"] + around["width"] - 8
    assert violations(page) == ""


def test_the_citation_is_copied(open_page, server):
    page = open_page(f"{server}/03_ewma.html", permissions=["clipboard-read"])
    page.locator(".page-box.cite summary").click()
    block = page.locator(".page-box.cite .highlight").last
    block.hover()
    block.locator("button.copybtn").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == block.locator("pre").text_content()


def test_no_boxes_on_paper_and_none_on_the_search_page(open_page, server):
    page = open_page(f"{server}/03_ewma.html")
    page.emulate_media(media="print")
    assert not page.locator(".page-boxes").is_visible()
    assert open_page(f"{server}/search.html").locator(".page-boxes").count() == 0
