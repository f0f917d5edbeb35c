"""Exercises on a page: solutions are folded, and what waits for an answer is for the screen.

Who opens a page of solutions for one of them does not read the next.
"""

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform
from words import words_of

# The cell to work in, and the call that checks, as tests/exercise_cells.py requires them.
WAITING = re.compile(r"# [^\n]* \d+\.\d+[^\n]*|d2l\.check_answer\(\"[\d.]+\", [(., )]+\)")


class Waiting(SphinxTransform):
    """Give the cells that wait for a reader's answer a class, which paper leaves out."""

    default_priority = 700

    def apply(self):
        """Mark the nodes in place."""
        for cell in self.document.findall(nodes.container):
            if cell.get("nb_element") == "cell_code":
                source = next(cell.findall(nodes.literal_block)).astext()
                if WAITING.fullmatch(source.strip()):
                    cell["classes"].append("to-answer")


class Folds(SphinxTransform):
    """Fold what follows the link back to the exercise, in each section of such a page."""

    default_priority = 720  # after the anchors are in place, and the ids of headings

    def apply(self):
        """Change the document in place; the heading and the link back stay in sight."""
        if not self.env.docname.startswith("solutions/"):
            return
        summary = words_of(self.app)["show_solution"]
        for section in self.document.findall(nodes.section):
            back = section[1]
            if not any(target["ids"][0].startswith("sol-") for target in targets_in(back)):
                continue
            opened = f'<details class="solution"><summary>{summary}</summary>'
            opening = nodes.raw("", opened, format="html")
            section.insert(2, opening)
            section.append(nodes.raw("", "</details>", format="html"))


def targets_in(node):
    """Return the anchors of a paragraph; what holds sections or cells has none of its own."""
    return list(node.findall(nodes.target)) if isinstance(node, nodes.paragraph) else []


def setup(app):
    """Register the transforms."""
    app.add_transform(Waiting)
    app.add_transform(Folds)
    return {"parallel_read_safe": True}
