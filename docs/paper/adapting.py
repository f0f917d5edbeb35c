"""What is different on paper: nothing to click, and formulas for the ear."""

from bs4 import Tag

ON_SCREEN = (
    "script, p.download, .page-boxes, .to-answer, details.above-input, a.headerlink, "
    ".toctree-wrapper"
)
# In the colour of the text: without a tag of their own, a third fewer tags in the PDF.
PLAIN_CODE = ".highlight :is(span.n, span.nn, span.p, span.w)"


def turn_to_paper(article: Tag, words: dict[str, str]) -> None:
    """Change a page's article in place."""
    for part in article.select(ON_SCREEN):
        part.decompose()
    # Its hint says how to make the interactive figure move: paper cannot, and says what is missing.
    for hint in article.select(".momentum-explorer > p"):
        hint.string = words["still_on_paper"]
        hint["class"] = ["on-paper"]
    for details in article("details"):
        _unfold(details)
    for token in article.select(PLAIN_CODE):
        token.unwrap()
    article.smooth()
    for formula in article.select(".katex"):
        _tell_formula(formula)


def _unfold(details):
    """There is nothing to press: an answer keeps its title, a solution its heading is enough."""
    if "solution" in details.get("class", []):
        details.summary.decompose()
    else:
        details["class"] = ["unfolded"]
        details.summary["class"] = ["answer"]
        details.summary.name = "p"
    details.name = "div"


def _tell_formula(formula):
    """What a screen reader hears on a page, MathML, is not in a PDF: there it hears TeX."""
    formula["role"] = "img"
    formula["aria-label"] = formula.annotation.get_text()
    formula.select_one(".katex-mathml").decompose()
    del formula.select_one(".katex-html")["aria-hidden"]
