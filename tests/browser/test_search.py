"""The search: what it finds, in which order, what it shows of a page, and its own page."""

import re

import pytest
from book import HTML, ROOT
from extensions.chinese_search import query_terms

FOUND = {
    "κ": "01_gradient_descent_problem",
    "γ": "02_momentum_traces",
    "0.634512": "07_why_momentum_works",
    "7.4": "06_concise",
    "1964": "references",
    "momentum_buffer": "06_concise",
    "Momentum_Buffer": "06_concise",
    "學習率": "01_gradient_descent_problem",
    "動量法": "02_momentum_traces",
    "有效学习率 η": "04_momentum_as_ewma",
    "指数加权移动平均": "03_ewma",
    "sgd_momentum": "05_from_scratch",
}
ROW = re.compile(r"^\| ([^|、]+) \|.*\| \[\d+\]\((\w+)\.ipynb.*\) \|$", re.MULTILINE)
DEFINED = dict(ROW.findall((ROOT / "notebooks/glossary.md").read_text(encoding="utf-8")))


def results(page, query):
    """What stands in the list, as (page, anchor), after typing the query."""
    page.locator(".search-form input").fill(query)
    return results_after(page, page.locator(".search-form button"))


# Searching again on the same page, which spares loading it anew, and each page that is found.
RESULTS = """async query => {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  document.querySelector("#search-results").replaceChildren();
  Search.performSearch(query);
  while (!document.querySelector("#search-results .search-summary")?.textContent)
    await new Promise(done => setTimeout(done));
  return [...document.querySelectorAll("#search-results li > a")]
    .map(link => link.getAttribute("href").split("?")[0]);
}"""


LINKS = """() => [...document.querySelectorAll("#search-results li > a")]
  .map(link => link.getAttribute("href"))"""


def results_after(page, what):
    """The same, after a click on something."""
    with page.expect_navigation(wait_until="load"):
        what.click()
    page.wait_for_function("document.querySelector('.search-summary').textContent")
    links = page.evaluate(LINKS)
    return [tuple(link.replace(".html", "").partition("#")[::2]) for link in links]


@pytest.mark.parametrize("how", ["server", "file"])
def test_found(how, open_page, server):
    page = open_page(f"{server if how == 'server' else HTML.as_uri()}/search.html")
    first, *others = FOUND
    assert FOUND[first] in [name for name, _ in results(page, first)]
    page.wait_for_load_state("networkidle")
    for query in others:
        assert f"{FOUND[query]}.html" in page.evaluate(RESULTS, query), query
    assert page.trouble == []


SPLIT = {
    "学习率": ["学习", "习率"],
    "第7.4节": ["第", "7.4", "节"],
    "η = λ_max, Δ": ["eta", "lambda", "_max", "delta"],
    "Momentum_Buffer": ["momentum_buffer"],
    "-0.634512，1964": ["0.634512", "1964"],
    "?!": [],
}


@pytest.mark.parametrize("text", SPLIT)
def test_the_index_and_the_browser_split_alike(text, open_page, server):
    assert query_terms(text) == SPLIT[text]
    page = open_page(f"{server}/search.html")
    assert page.evaluate("text => splitQuery(text)", text) == SPLIT[text]


def test_every_word_must_be_there(open_page, server):
    page = open_page(f"{server}/search.html")
    both = {name for name, _ in results(page, "偏差修正 dampening")}
    one = {name for name, _ in results(page, "偏差修正")}
    other = {name for name, _ in results(page, "dampening")}
    assert both == one & other
    assert one
    assert other


def test_the_chapter_that_defines_a_term_comes_first(open_page, server):
    assert len(DEFINED) > 20
    page = open_page(f"{server}/search.html")
    page.wait_for_function("Search.hasIndex()")
    first = {term: page.evaluate(RESULTS, term)[0] for term in DEFINED}
    assert first == {term: f"{page}.html" for term, page in DEFINED.items()}


def test_equals_stand_in_the_order_of_the_book(open_page, server):
    page = open_page(f"{server}/search.html")
    found = [name for name, anchor in results(page, "numpy") if not anchor and name[0] == "0"]
    assert len(found) > 2
    assert found == sorted(found)


def test_an_excerpt_shows_the_place(open_page, server):
    page = open_page(f"{server}/search.html")
    results(page, "條件數")
    page.wait_for_selector("#search-results .context .highlighted")
    excerpt = page.locator("#search-results .context").first.inner_text()
    assert "条件数（condition number）" in excerpt
    assert "(κ−1)/(κ+1)" in excerpt
    assert len(excerpt) < 130
    assert "\\" not in "".join(page.locator("#search-results .context").all_inner_texts())


def test_an_excerpt_of_a_section_is_from_there(open_page, server):
    page = open_page(f"{server}/search.html")
    assert ("01_gradient_descent_problem", "最好的学习率") in results(page, "最好的学习率")
    item = page.locator("#search-results li", has=page.locator("a[href$='#最好的学习率']"))
    assert item.locator(".context").inner_text().startswith("最好的学习率")


def test_a_file_shows_no_excerpts_and_asks_for_none(open_page):
    page = open_page(f"{HTML.as_uri()}/search.html")
    assert results(page, "学习率")
    page.wait_for_load_state("networkidle")
    assert page.locator("#search-results .context").count() == 0
    assert page.trouble == []


def test_titles_are_without_latex(open_page, server):
    page = open_page(f"{server}/search.html")
    assert results(page, "kappa")
    titles = page.evaluate("Object.keys(Search._index.alltitles)")
    assert any("√κ" in title for title in titles)
    assert not any("\\" in title for title in titles)


def test_words_are_marked_on_the_page_that_one_goes_to(open_page, server):
    page = open_page(f"{server}/search.html")
    results(page, "學習率")
    with page.expect_navigation(wait_until="load"):
        page.locator("#search-results li > a").first.click()
    page.wait_for_selector("article .highlighted")
    assert set(page.locator("article .highlighted").all_text_contents()) == {"学习率"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_search_page_without_a_query(width, scheme, open_page, server):
    page = open_page(f"{server}/search.html", width=width, color_scheme=scheme)
    box = page.locator(".search-form input").bounding_box()
    assert box["width"] > 200
    assert box["height"] >= 40
    assert box["y"] < 300
    assert page.locator("article h1").inner_text() == "搜索"


def test_the_examples_of_the_search_page_find_something(open_page, server):
    page = open_page(f"{server}/search.html")
    examples = page.locator(".search-hint a")
    assert examples.count() >= 3
    for place in range(examples.count()):
        assert results_after(page, examples.nth(place))
        assert page.locator(".search-form input").input_value() == examples.nth(place).inner_text()


def test_a_search_for_nothing_says_so(open_page, server):
    page = open_page(f"{server}/search.html")
    assert results(page, "阿姆斯特丹") == []
    assert page.locator(".search-summary").inner_text() == "没有找到。换一个短些的词试试。"
    count = len(results(page, "0.634512"))
    assert count > 1
    assert page.locator(".search-summary").inner_text() == f"找到 {count} 处。"


def test_without_javascript_the_page_says_what_to_do(open_page, server):
    page = open_page(f"{server}/search.html", java_script_enabled=False)
    assert "JavaScript" in page.locator("article noscript").inner_text()
