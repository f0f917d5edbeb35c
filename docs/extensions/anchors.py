"""Where links land: anchors written as ``<a id="fig-2-1"></a>``, and ids that can be read.

JupyterLab jumps to such an anchor as it stands; Sphinx takes it for raw HTML and would call the
link broken. A heading's id is its text, not the ``id2`` that docutils counts where text is Han.
"""

import re

from docutils import nodes
from myst_parser.slugs import unique_slug
from sphinx.transforms import SphinxTransform

ANCHOR = re.compile(r'<a id="((?:fig|tab|eq|ex|sol)-[\w-]+)">')
CAPTION = re.compile(r"(?:图|表|Figure|Table) \d+-\d+")
LATEX_STYLE = re.compile(r"\\(?:mathrm|boldsymbol|text)\b")


def raw_anchors(document):
    """Yield the two tags of each anchor, and its name; MyST makes a raw node of every tag."""
    for raw in list(document.findall(nodes.raw)):
        found = ANCHOR.fullmatch(raw.astext())
        after = raw.next_node(descend=False, siblings=True) if found else None
        if after is not None and after.astext() == "</a>":
            yield raw, after, found[1]


def is_caption(paragraph):
    """Tell whether 图 N-M, or Table N-M, in bold, follows the anchor that opens the paragraph."""
    words = next((part for part in paragraph[1:] if part.astext().strip()), None)
    return isinstance(words, nodes.strong) and bool(CAPTION.fullmatch(words.astext()))


def formulas_of(paragraph):
    """Return a box with the formulas of a paragraph without text; None if it has text."""
    parts = [part for part in paragraph if part.astext().strip()]
    if not all(isinstance(part, nodes.math_block) for part in parts):
        return None
    box = nodes.container("", *parts, classes=["equation"])
    paragraph.replace_self(box)
    return box


def output_before(paragraph):
    """Return the output of the cell before a caption: what a link to a figure should show."""
    siblings = paragraph.parent.children
    place = siblings.index(paragraph)
    cell = siblings[place - 1] if place else None
    parts = cell.children if isinstance(cell, nodes.container) else []
    return parts[-1] if parts and parts[-1].get("nb_element") == "cell_code_output" else None


class Anchors(SphinxTransform):
    """Make a target of each written anchor, and mark the captions of figures and tables."""

    default_priority = 200  # before docutils looks for links' targets

    def apply(self):
        """Change the document in place."""
        for opening, closing, name in raw_anchors(self.document):
            closing.parent.remove(closing)
            self.place(opening, name)

    def place(self, opening, name):
        """Put the target where its reader should arrive."""
        paragraph = opening.parent
        target = nodes.target()
        opening.replace_self(target)
        if paragraph.index(target) == 0 and is_caption(paragraph):
            paragraph["classes"].append("caption")
            paragraph.remove(target)
            shown = output_before(paragraph) if name.startswith("fig-") else None
            target = shown or paragraph
        target = formulas_of(paragraph) or target
        target["ids"].append(name)
        target["names"].append(name)
        self.document.note_explicit_target(target, target)


class ReadableIds(SphinxTransform):
    """Make the slug of a heading its first id; earlier ids stay, so that old links still work."""

    default_priority = 710  # after MyST has added the slugs (700), before it resolves links (879)

    def apply(self):
        """Change sections, and the table that MyST resolves links with, in place."""
        slugs = getattr(self.document, "myst_slugs", {})
        for section in self.document.findall(nodes.section):
            if section.get("slug"):
                first = self.readable(section)
                section["ids"] = [first, *(old for old in section["ids"] if old != first)]
                line, _, text = slugs[section["slug"]]
                slugs[section["slug"]] = (line, first, text)

    def readable(self, section):
        """Return the slug; for a title with formulas, which MyST leaves out, one that has them."""
        title = section[0]
        if not any(title.findall(nodes.math)):
            return section["slug"]
        words = LATEX_STYLE.sub(" ", title.astext()).lower()
        slug = unique_slug(re.sub(r"\W+", "-", words).strip("-"), self.document.ids)
        self.document.ids[slug] = section
        return slug


def setup(app):
    """Register the transforms."""
    app.add_transform(Anchors)
    app.add_transform(ReadableIds)
    return {"parallel_read_safe": True}
