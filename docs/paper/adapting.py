"""What is different on paper: nothing to click, and formulas for the ear."""

from lxml.html import HtmlElement

ON_SCREEN = (
    "download", "page-boxes", "to-answer", "above-input", "headerlink", "toctree-wrapper",
)  # fmt: skip
# In the colour of the text: without a tag of their own, a third fewer tags in the PDF.
PLAIN_CODE = {"n", "nn", "p", "w"}


def drop_what_is_for_the_screen(part: HtmlElement) -> None:
    """Take it out, in place."""
    for name in ON_SCREEN:
        for found in part.find_class(name):
            found.drop_tree()
    for script in list(part.iter("script")):
        script.drop_tree()


def turn_to_paper(article: HtmlElement, words: dict[str, str]) -> None:
    """Change a page's article in place."""
    drop_what_is_for_the_screen(article)
    for figure in article.find_class("momentum-explorer"):
        _say_what_paper_lacks(figure.find("p"), words)
    for details in list(article.iter("details")):
        _unfold(details)
    for block in article.find_class("highlight"):
        _drop_plain_tokens(block)
    for formula in article.find_class("katex"):
        _tell_formula(formula)


def _say_what_paper_lacks(hint, words):
    """The hint of an interactive figure says how to make it move: paper cannot."""
    hint.text = words["still_on_paper"]
    hint.set("class", "on-paper")


def _unfold(details):
    """There is nothing to press: an answer keeps its title, a solution its heading is enough."""
    summary = details.find("summary")
    if "solution" in details.classes:
        summary.drop_tree()
    else:
        details.set("class", "unfolded")
        summary.set("class", "answer")
        summary.tag = "p"
    details.tag = "div"


def _drop_plain_tokens(block):
    for token in list(block.iter("span")):
        if token.get("class") in PLAIN_CODE:
            token.drop_tag()


def _tell_formula(formula):
    """What a screen reader hears on a page, MathML, is not in a PDF: there it hears TeX."""
    mathml, drawn = formula
    formula.set("role", "img")
    formula.set("aria-label", mathml.find(".//annotation").text_content())
    mathml.drop_tree()
    del drawn.attrib["aria-hidden"]
