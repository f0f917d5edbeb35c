"""What is different on paper: nothing to click, formulas for the ear, lines that end well."""

import re

from bs4 import BeautifulSoup, NavigableString, Tag

# The hint of the interactive figure says how to make it move: paper cannot.
ON_SCREEN = "script, p.download, a.headerlink, .toctree-wrapper, .momentum-explorer > p"
# In the colour of the text: without a tag of their own, a third fewer tags in the PDF.
PLAIN_CODE = ".highlight :is(span.n, span.nn, span.p, span.w)"

# Chromium breaks a line between a formula and the mark that belongs to it.
BEFORE, AFTER = re.compile("[（「『“]+$"), re.compile("^[，。、：；！？）」』”]+")
SHORT = 40  # characters of TeX: no formula of that length fills a line


def turn_to_paper(article: Tag) -> None:
    """Change a page's article in place."""
    for part in article.select(ON_SCREEN):
        part.decompose()
    for details in article("details"):
        details["open"] = ""
    for token in article.select(PLAIN_CODE):
        token.unwrap()
    article.smooth()
    for formula in article.select(".katex"):
        _tell_formula(formula)
    for formula in article.select("span.math"):
        if len(formula.select_one(".katex")["aria-label"]) <= SHORT:
            _keep_marks(formula)


def _tell_formula(formula):
    """What a screen reader hears on a page, MathML, is not in a PDF: there it hears TeX."""
    formula["role"] = "img"
    formula["aria-label"] = formula.annotation.get_text()
    formula.select_one(".katex-mathml").decompose()
    del formula.select_one(".katex-html")["aria-hidden"]


def _keep_marks(formula):
    """Put a formula and the marks at its sides on one line."""
    before, after = formula.previous_sibling, formula.next_sibling
    line = formula.wrap(BeautifulSoup("", "html.parser").new_tag("span", attrs={"class": "line"}))
    if isinstance(before, NavigableString) and (marks := BEFORE.search(before)):
        before.replace_with(before[: marks.start()])
        line.insert(0, marks[0])
    if isinstance(after, NavigableString) and (marks := AFTER.search(after)):
        after.replace_with(after[marks.end() :])
        line.append(marks[0])
