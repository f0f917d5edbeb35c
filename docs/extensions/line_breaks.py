"""Where a line may not break: in short formulas, before their punctuation, in references (图 2-1).

Browsers know that no line begins with ，or ends with （, but a formula is a box to them, and
beside a box they break as they like. ``scrolling.css`` gives the classes their meaning.
"""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

CLOSING = re.compile(r"^[，。；：？！、）】》〉」』”’…%,.;:!?)\]]+")
OPENING = re.compile(r"[（【《〈「『“‘(\[]+$")

# In signs as they are typeset; some 10 pixels each, on a phone's line of 350.
SHORT = 16
FITTING = 30

NUMBERED = re.compile(r"(?=.*\d).{1,16}")


def signs(latex):
    """Count what is typeset, roughly: a command is one sign, what only groups is none."""
    visible = re.sub(r"\\(left|right|[bB]ig+[lr]?|d?frac|boldsymbol|mathrm)\b", "", latex)
    visible = re.sub(r"\\([a-zA-Z]+|.)", "x", visible)
    return len(re.sub(r"[\s{}^_&]", "", visible))


def text_beside(node, step):
    """Return the text right before (-1) or after (1) ``node``, also beyond a bold part it ends."""
    siblings = node.parent.children
    place = siblings.index(node) + step
    if 0 <= place < len(siblings):
        return siblings[place] if isinstance(siblings[place], nodes.Text) else None
    return text_beside(node.parent, step) if isinstance(node.parent, nodes.Inline) else None


def put_in_place_of(text, new):
    """Like docutils' own ``replace``, which takes the first text that says the same."""
    (place,) = [i for i, node in enumerate(text.parent) if node is text]
    text.parent[place : place + 1] = new


def keep_before(formula, closing):
    """Have ``formula`` reserve the room of the closing punctuation, which then takes it."""
    found = CLOSING.match(closing)
    if found:
        formula["classes"].append(f"reserves-{min(len(found[0]), 3)}")
        marks = nodes.inline("", found[0], classes=[f"reserved-{min(len(found[0]), 3)}"])
        put_in_place_of(closing, [marks, nodes.Text(closing[found.end() :])])


def keep_after(formula, opening):
    """Put the opening punctuation and ``formula``, which is ``whole`` then, into one span."""
    found = OPENING.search(opening)
    if found:
        put_in_place_of(opening, [nodes.Text(opening[: found.start()])])
        span = nodes.inline("", found[0], classes=["whole"])
        formula.replace_self(span)
        span += formula


class FormulasInLines(SphinxPostTransform):
    """Mark short formulas, and keep each formula with the punctuation around it."""

    default_priority = 500
    formats = ("html",)

    def run(self):
        """Change the page as it is written; titles in menus and the search stay as they are."""
        for formula in list(self.document.findall(nodes.math)):
            length = signs(formula.astext())
            if length <= SHORT:
                formula["classes"].append("whole")
            closing = text_beside(formula, 1)
            opening = text_beside(formula, -1)
            if closing is not None:
                keep_before(formula, closing)
            if opening is not None and length <= FITTING:
                keep_after(formula, opening)


class ReferencesInLines(SphinxPostTransform):
    """Mark references with a number; and links alone in a cell, which book.css makes larger."""

    default_priority = 500
    formats = ("html",)

    def run(self):
        """Change the page as it is written."""
        for link in self.document.findall(nodes.reference):
            if NUMBERED.fullmatch(link.astext()) and link.get("internal"):
                link["classes"].append("whole")
            cell = link.parent.parent
            if isinstance(cell, nodes.entry) and cell.astext() == link.astext():
                link["classes"].append("alone")


def setup(app):
    """Register the steps."""
    app.add_post_transform(FormulasInLines)
    app.add_post_transform(ReferencesInLines)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
