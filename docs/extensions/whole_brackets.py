"""No line breaks inside a short bracket of a formula: (1 − γ) stays whole.

KaTeX lets a line end after every sign of an operation, also of one between brackets.
"""

import re

from docutils import nodes
from sphinxcontrib.katex import html_visit_displaymath, html_visit_math

BASE = '<span class="base">'  # what KaTeX puts between two places where a line may break
TAG = re.compile(r"<[^>]+>")
SHORT = 20  # signs


def keep(formula):
    """Put into one span, in the HTML of a formula, the parts from an opening bracket to its end."""
    before, *parts = formula.split(BASE)
    if not parts:
        return formula
    parts[-1], end = _split_end(parts[-1])
    kept = []
    depth = 0
    for part in parts:
        if depth > 0:
            kept[-1].append(part)
        else:
            kept.append([part])
        depth += part.count('class="mopen') - part.count('class="mclose')
    return before + "".join(map(_joined, kept)) + end


def _split_end(part):
    """The last part is followed by the ends of the formula's own two spans."""
    place = len(part) - len("</span></span>")
    return part[:place], part[place:]


def _joined(parts):
    html = BASE + BASE.join(parts)
    short = len(TAG.sub("", html)) <= SHORT
    return f'<span class="whole">{html}</span>' if len(parts) > 1 and short else html


def visit_math(writer, node):
    """Write a formula in a line as the library does, then keep its brackets."""
    start = len(writer.body)
    try:
        html_visit_math(writer, node)
    except nodes.SkipNode:
        opening, formula, closing = writer.body[start:]
        writer.body[start:] = [opening, keep(formula), closing]
        raise


def setup(app):
    """Register the renderer, which conf.py names."""
    display = (html_visit_displaymath, None)
    app.add_html_math_renderer("katex_whole", (visit_math, None), display)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
