"""What a reader does: walk the book, search it, download a notebook, print a page."""

import subprocess
import sys

import pytest
from book import HTML, PAGES, ROOT
from lxml import html as lxml_html


@pytest.mark.parametrize("how", ["server", "file"])
def test_search_beside_the_text(how, open_page, server):
    home = server if how == "server" else HTML.as_uri()
    page = open_page(f"{home}/index.html")
    page.locator("input.sidebar-search").fill("重球")
    page.locator("input.sidebar-search").press("Enter")
    page.wait_for_function("document.querySelector('.search-summary')?.textContent")
    found = [a.get_attribute("href") for a in page.locator("#search-results li > a").all()]
    assert any(link.startswith("02_momentum_traces.html") for link in found)
    assert page.trouble == []


def test_next_and_previous_can_be_clicked(open_page, server):
    page = open_page(f"{server}/{PAGES[1]}.html")
    for button, name in (("a.next-page", PAGES[2]), ("a.prev-page", PAGES[1])):
        with page.expect_navigation(wait_until="load"):
            page.locator(button).click()
        assert page.url.partition("#")[0] == f"{server}/{name}.html"


@pytest.mark.parametrize("name", PAGES)
def test_download_is_the_notebook(name):
    page = lxml_html.parse(HTML / f"{name}.html").getroot()
    source = ROOT / "notebooks" / f"{name}.ipynb"
    links = page.xpath("//p[@class='download']/a[@download]/@href")
    assert len(links) == source.exists()
    for link in links:
        assert (HTML / name).parent.joinpath(link).read_bytes() == source.read_bytes()


def test_a_notebook_is_downloaded_under_its_name(open_page, server):
    page = open_page(f"{server}/solutions/01_gradient_descent_problem.html")
    with page.expect_download() as download:
        page.locator("p.download a[download]").click()
    assert download.value.suggested_filename == "01_gradient_descent_problem.ipynb"
    source = ROOT / "notebooks/solutions/01_gradient_descent_problem.ipynb"
    assert download.value.path().read_bytes() == source.read_bytes()


def test_code_has_a_copy_button(open_page, server):
    page = open_page(f"{server}/02_momentum_traces.html", permissions=["clipboard-read"])
    cell = page.locator("div.cell_input").first
    cell.hover()
    cell.locator("button.copybtn").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("import numpy as np")


def test_boxes_are_marked(open_page, server):
    page = open_page(f"{server}/03_ewma.html")
    assert page.locator("blockquote.erratum").count() == 1
    assert page.locator("blockquote.nuance").count() == 1
    assert page.locator("section.summary h2").inner_text().startswith("小结")


def test_theme_button(open_page, server):
    page = open_page(f"{server}/01_gradient_descent_problem.html")
    button = page.locator(".theme-toggle-content button")
    seen = set()
    for _ in range(3):
        button.click()
        seen.add(page.locator("body").get_attribute("data-theme"))
    assert seen == {"light", "dark", "auto"}


def test_wide_parts_scroll_inside_themselves(open_page, server):
    page = open_page(f"{server}/06_concise.html", width=390)
    table = page.locator("div.cell_output:has(table.dataframe)")
    assert table.evaluate("t => t.scrollWidth > t.clientWidth && t.tabIndex === 0")


def test_paper(open_page, server):
    page = open_page(f"{server}/01_gradient_descent_problem.html", color_scheme="dark")
    page.emulate_media(media="print")
    for part in (".sidebar-drawer", ".toc-drawer", "p.download", ".related-pages"):
        assert not page.locator(part).first.is_visible()
    colours = "b => [getComputedStyle(b).backgroundColor, getComputedStyle(b).color]"
    assert page.locator("body").evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert page.locator("article img").first.evaluate("i => getComputedStyle(i).filter") == "none"


BROKEN = {
    "missing page": "[下一页](nothing.md)",
    "missing notebook": "[下一页](nothing.ipynb)",
    "missing heading": "[下一页](b.md#nothing)",
    "missing image": "![图](nothing.svg)",
    "missing reference": "{ref}`nothing`",
}


def build(folder, pages):
    """Build these pages with the settings of the book."""
    for name, text in {**pages, "b": ""}.items():
        (folder / f"{name}.md").write_text(f"# {name}\n\n{text}\n", encoding="utf-8")
    entries = "".join(f"  - file: {name}\n" for name in pages)
    toc = folder / "toc.yml"
    toc.write_text(f"root: b\nentries:\n{entries}", encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-c", ROOT / "docs"]
    command += ["-D", f"external_toc_path={toc}", folder, folder / "out"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_sound_reference_builds(tmp_path):
    done = build(tmp_path, {"a": "[下一页](b.md)"})
    assert done.returncode == 0, done.stderr


def test_each_broken_reference_fails_the_build(tmp_path):
    pages = {name.replace(" ", "_"): text for name, text in BROKEN.items()}
    done = build(tmp_path, pages)
    assert done.returncode != 0
    for name in pages:
        assert f"{name}.md:3: WARNING" in done.stderr, name
