"""On pages of solutions each one is folded: who opens the page for one does not read the next."""

from docutils import nodes
from sphinx.transforms import SphinxTransform
from words import words_of


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
            opening = nodes.raw("", f"<details><summary>{summary}</summary>", format="html")
            section.insert(2, opening)
            section.append(nodes.raw("", "</details>", format="html"))


def targets_in(node):
    """Return the anchors of a paragraph; what holds sections or cells has none of its own."""
    return list(node.findall(nodes.target)) if isinstance(node, nodes.paragraph) else []


def setup(app):
    """Register the transform."""
    app.add_transform(Folds)
    return {"parallel_read_safe": True}
