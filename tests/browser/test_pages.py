"""Every page, at three widths, light and dark: nothing broken, nothing missing, nothing foreign."""

import gzip
import re
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from book import ENGLISH, HTML, PAGES, SAMPLE
from layout import cut_in_silence, sticking_out, torn_formulas
from page_states import FOLD, SETTLED, UNFOLD
from translation import edition

HAN = re.compile(r"[\u3400-\u9fff]")
# The visual layer of a formula is hidden from screen readers, which read its MathML.
FORMULAS = [".katex-html"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY = [*PAGES, *ENGLISH, "search", "en/search"]
MOVED = {"08_noise_and_seeds": "09_noise_and_seeds", "09_other_forms": "11_other_forms"}


# Axe's time goes with the number of elements, of which most are the visual layer of formulas,
# which it is told to leave out, and spans of code, of which one of each colour will do.
LEAVE_OUT_WHAT_IS_ALIKE = """() => {
  const seen = new Set();
  document.querySelectorAll(".katex-html").forEach(layer => layer.remove());
  for (const span of document.querySelectorAll(".highlight pre span[class]")) {
    const look = `${span.className} in ${span.closest(".highlight").parentElement.className}`;
    if (seen.has(look)) span.replaceWith(span.textContent);
    seen.add(look);
  }
}"""


def violations(page):
    """What axe finds; the page is of no other use afterwards."""
    page.evaluate(LEAVE_OUT_WHAT_IS_ALIKE)
    # The boxes that open Furo's menus have to stand before all regions.
    rules = {"region": {"enabled": False}}
    options = {"resultTypes": ["violations"], "runOnly": RULES, "rules": rules}
    results = Axe().run(page, context={"exclude": [FORMULAS]}, options=options)
    return results.generate_report() if results.violations_count else ""


def test_every_page_is_tested():
    files = [path.relative_to(HTML).with_suffix("") for path in HTML.rglob("*.html")]
    built = {path.as_posix() for path in files} - {"search", "en/search", *MOVED}
    assert built == {*PAGES, *ENGLISH}
    assert set(edition.names()) == set(PAGES)


def test_the_script_of_the_figures_is_there_once_and_their_stills_are_files():
    names = [*PAGES, *ENGLISH]
    texts = {name: (HTML / f"{name}.html").read_text(encoding="utf-8") for name in names}
    for home in ("", "en/"):
        own = [text for name, text in texts.items() if name.startswith("en/") == bool(home)]
        shared = re.findall(r'src="(_static/explorer-.*?)"', "".join(own))
        assert len(shared) == 3
        assert len(set(shared)) == 1
        script = (HTML / home / shared[0]).read_text(encoding="utf-8")
        assert "explore(document.currentScript" in script
    assert not any("explore(document.currentScript" in text for text in texts.values())
    assert not any("data:image/svg+xml" in text for text in texts.values())


@pytest.mark.parametrize("name", MOVED)
def test_an_old_address_leads_to_the_new_one(name, open_page, server):
    page = open_page(f"{server}/{name}.html")
    page.wait_for_url(f"{server}/{MOVED[name]}.html")
    assert page.trouble == []


@pytest.mark.parametrize("name", EVERY)
def test_layout(name, reading):
    page = reading(name)
    page.evaluate(UNFOLD)
    for width in widths(name):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        faults = [*sticking_out(page), *torn_formulas(page), *cut_in_silence(page)]
        assert faults == [], width
    page.evaluate(FOLD)
    assert page.trouble == []


def widths(name):
    """Lines of English and of solutions break by the same rules: on a phone they show most."""
    return [390] if name.startswith(("en/", "solutions/")) else [1440, 820, 390]


# One of each kind: the front page, the figure that moves, tables, heat maps, terms, search.
OF_EACH_KIND = ["index", "02_momentum_traces", "06_concise", "11_other_forms", "glossary", "search"]
ENGLISH_OF_EACH_KIND = ["en/index", "en/01_gradient_descent_problem", "en/glossary", "en/search"]


@pytest.mark.parametrize("name", [*PAGES, *SAMPLE])
def test_weight(name, reading):
    """Compressed: the page under 300 KB, what the first paint waits for under 100 KB."""
    page = reading(name)
    page.evaluate(ALL_IS_LOADED)
    sizes = {}
    for url in page.requested:
        path = HTML / unquote(urlsplit(url).path).lstrip("/")
        packed = path.suffix in (".woff2", ".png")
        sizes[path] = len(path.read_bytes() if packed else gzip.compress(path.read_bytes()))
    assert sum(sizes.values()) < 300_000
    urls = page.evaluate(WAITED_FOR)
    first = {HTML / unquote(urlsplit(url).path).lstrip("/") for url in urls}
    assert sum(sizes[path] for path in first) < 100_000
    print(f"{name}: {sum(sizes.values()) / 1000:.0f} KB, {sum(sizes[p] for p in first) / 1000:.0f}")


ALL_IS_LOADED = """async () => {
  document.querySelectorAll("img").forEach(image => { image.loading = "eager"; });
  await Promise.all([document.fonts.ready, ...[...document.images].map(image => image.decode())]);
}"""
WAITED_FOR = """() => [location.href,
  ...[...document.querySelectorAll("link[rel=stylesheet]:not([media=print])")].map(l => l.href),
  ...[...document.querySelectorAll("head script[src]")]
    .filter(s => !s.defer && !s.async).map(s => s.src)]"""


def looks(name):
    """Return the widths and schemes in which axe sees a page.

    Two show all parts and all colours. Pages of a kind are made of the same parts, and an English
    page has the structure of its twin.
    """
    if name in OF_EACH_KIND:
        return [(1440, "light"), (390, "dark")]
    return [(1440, "light")] if name in (*ENGLISH_OF_EACH_KIND, *SAMPLE) else []


@pytest.mark.parametrize("name", [name for name in EVERY if looks(name)])
def test_accessible(name, open_page, server):
    page = open_page(f"{server}/{name}.html")
    page.evaluate(UNFOLD)
    for width, scheme in looks(name):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        assert violations(page) == "", (width, scheme)


@pytest.mark.parametrize("name", [*PAGES, *ENGLISH])
def test_content(name, reading):
    page = reading(name)
    title = "Momentum: notebooks that run" if name.startswith("en/") else "动量法：可以运行的笔记本"
    assert page.title().endswith(title)
    fonts = page.evaluate("getComputedStyle(document.body).fontFamily")
    # In a Chinese font, English apostrophes and quotation marks are as wide as Han characters.
    assert ("Noto Sans CJK SC" in fonts) == (not name.startswith("en/"))
    # Every formula is typeset, for the eye and for the screen reader.
    parts = ("article .math", "article .math .katex-html", "article .math math", ".katex-error")
    formulas, seen, heard, errors = page.evaluate(COUNTS, parts)
    assert formulas == seen == heard
    assert errors == 0
    assert "$" not in page.evaluate(TEXT_WITHOUT_CODE)
    assert page.evaluate(STRAY_MARKS) == []
    letters = "[a-z]" if name.startswith("en/") else HAN
    for alt, is_there, source in page.evaluate(IMAGES):
        assert len(re.findall(letters, alt)) >= 20
        assert is_there
        assert source.endswith(".svg")
    # Han characters have no italics.
    assert not any(HAN.search(text) for text in page.locator("article em").all_inner_texts())


COUNTS = "parts => parts.map(part => document.querySelectorAll(part).length)"

IMAGES = """() => [...document.querySelectorAll("article img")].map(image =>
  [image.alt, image.complete && image.naturalWidth > 0, image.getAttribute("src")])"""

# Punctuation that takes the room of a formula, and does not stand behind one.
STRAY_MARKS = """() => [...document.querySelectorAll("[class^=reserved-]")]
  .filter(mark => !mark.previousSibling?.matches?.(".math, :has(.math)"))
  .map(mark => mark.parentElement.textContent.slice(0, 60))"""

TEXT_WITHOUT_CODE = """() => {
  const copy = document.querySelector("article").cloneNode(true);
  copy.querySelectorAll("pre, code, script, .math").forEach(part => part.remove());
  return copy.textContent;
}"""

# English that may stand in the interface: names and terms.
NAMES = re.compile(
    r"Sphinx|Furo|PyTorch|CC BY|MIT|NASA|UCI|Delft|EWMA|The momentum book authors|Copyright"
)


@pytest.mark.parametrize("name", [*PAGES, "search"])
def test_interface_is_chinese(name, reading):
    page = reading(name)
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    around = page.evaluate("""() => {
      const copy = document.body.cloneNode(true);
      const content = "article, script, style, svg, .toc-tree, .sidebar-tree";
      copy.querySelectorAll(`${content}, a.twin`).forEach(part => part.remove());
      const words = [copy.textContent];
      const labelled = document.querySelectorAll("[aria-label], [title], [placeholder]");
      for (const part of labelled) {
        for (const name of ["aria-label", "title", "placeholder"]) {
          words.push(part.getAttribute(name) || "");
        }
      }
      return words.join("\\n");
    }""")
    assert re.findall(r"[A-Za-z]{2,}", NAMES.sub("", around)) == []


@pytest.mark.parametrize("name", ["index", "01_gradient_descent_problem", *SAMPLE])
def test_without_javascript(name, open_page, server):
    page = open_page(f"{server}/{name}.html", java_script_enabled=False)
    assert page.trouble == []
    assert page.locator("article h1").is_visible()
    for formula in page.locator("article .math:not(details .math) .katex-html").all()[:5]:
        assert formula.is_visible()


@pytest.mark.parametrize("name", [*OF_EACH_KIND, *SAMPLE])
def test_as_a_file(name, open_page):
    page = open_page((HTML / f"{name}.html").as_uri())
    assert page.trouble == []
    assert page.evaluate("document.fonts.size") > 0


@pytest.mark.parametrize("name", ["index", "solutions/01_gradient_descent_problem", "search"])
def test_the_twin_is_a_click_away_and_comes_back(name, open_page, server):
    page = open_page(f"{server}/{name}.html")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    for home, language in (("en/", "en-GB"), ("", "zh-CN")):
        with page.expect_navigation(wait_until="load"):
            page.locator("a.twin").click()
        assert page.url == f"{server}/{home}{name}.html"
        assert page.locator("html").get_attribute("lang") == language
        others = page.locator("link[rel=alternate]").evaluate_all(
            "links => Object.fromEntries(links.map(l => [l.hreflang, l.href]))"
        )
        assert others == {"zh-CN": f"{server}/{name}.html", "en": f"{server}/en/{name}.html"}
    assert page.trouble == []


def test_the_choice_of_language_is_remembered_on_the_front_page(open_page, server):
    page = open_page(f"{server}/index.html")
    with page.expect_navigation(wait_until="load"):
        page.locator("a.twin").click()
    page.goto("about:blank")
    page.goto(f"{server}/index.html")
    page.wait_for_url(f"{server}/en/index.html")
    with page.expect_navigation(wait_until="load"):
        page.locator("a.twin").click()
    page.goto("about:blank")
    page.goto(f"{server}/index.html")
    page.wait_for_timeout(300)
    assert page.url == f"{server}/index.html"
    assert page.trouble == []


@pytest.mark.parametrize("name", ENGLISH)
def test_no_chinese_on_an_english_page(name, reading):
    page = reading(name)
    assert page.locator("html").get_attribute("lang") == "en-GB"
    words = page.evaluate("""() => {
      const copy = document.documentElement.cloneNode(true);
      copy.querySelectorAll("script, style, a.twin").forEach(part => part.remove());
      return copy.outerHTML;
    }""")
    words = words.replace("《动手学深度学习》", "")
    assert re.findall(r"[\u3400-\u9fff].{0,20}", words)[:3] == []
