"""What the pages of the book have beyond the theme: boxes, tables that scroll, Chinese labels."""

import re
from pathlib import Path

from docutils import nodes
from sphinx.transforms import SphinxTransform
from words import words_of

# What the theme leaves incomplete, in any language.
MENDED = {
    # The menu stands before the text: headings in it would come before the page's first.
    '<p class="caption" role="heading">': '<p class="caption">',
    # What a fold is called stands in it.
    '<summary aria-label="Toggle hidden content">': "<summary>",
    # The corner of a table of pandas heads nothing.
    "<th></th>": "<td></td>",
}
# Tokens in the colour of the text need no tag of their own: a page is lighter without.
PLAIN_TOKEN = re.compile(r'<span class="(?:n|nn|p|w)">([^<]*)</span>')
DRAWERS = ("sidebar-drawer", "toc-drawer")
# What leads elsewhere, so that a screen reader finds it by name.
NAVIGATION = ("sidebar-tree", "toc-tree", "related-pages")


def labels(words):
    """Return what is replaced in each page: the theme offers these labels for no translation."""
    named = {f'aria-label="{old}"': f'aria-label="{new}"' for old, new in words["labels"].items()}
    drawers = {
        f'<aside class="{part}">': f'<aside class="{part}" aria-label="{words[part]}">'
        for part in DRAWERS
    }
    role = 'role="navigation" aria-label'
    navigation = {
        f'<div class="{part}">': f'<div class="{part}" {role}="{words[part]}">'
        for part in NAVIGATION
    }
    return MENDED | named | drawers | navigation


class Boxes(SphinxTransform):
    """Give quotes with certain first words, and the closing sections, a class to design."""

    default_priority = 700

    def apply(self):
        """Mark the nodes in place."""
        words = words_of(self.app)
        for quote in self.document.findall(nodes.block_quote):
            for opening, name in words["quotes"].items():
                if quote.astext().startswith(opening):
                    quote["classes"].append(name)
        for section in self.document.findall(nodes.section):
            name = words["sections"].get(section[0].astext())
            if name:
                section["classes"].append(name)


def add_source_link(app, page, template, context, doctree):
    """Tell the templates whether the page has a notebook to download."""
    context["notebook"] = f"{page}.ipynb" if (Path(app.srcdir) / f"{page}.ipynb").exists() else None


def translate_labels(app, error):
    """Put our label in place of each of the theme's, in every finished page of this edition."""
    if error or app.builder.format != "html":
        return
    replacements = labels(words_of(app))
    for page in app.env.found_docs | {"search"}:
        path = Path(app.outdir) / f"{page}.html"
        text = path.read_text(encoding="utf-8")
        for theirs, ours in replacements.items():
            text = text.replace(theirs, ours)
        text = PLAIN_TOKEN.sub(r"\1", text)
        path.write_text(text, encoding="utf-8")


def copy_fonts(app, error):
    """Put KaTeX's fonts beside its style sheet, in the one format that every browser reads."""
    if error or app.builder.format != "html":
        return
    fonts = Path(app.outdir) / "_static" / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for font in (Path(app.confdir) / "node_modules/katex/dist/fonts").glob("*.woff2"):
        (fonts / font.name).write_bytes(font.read_bytes())


def setup(app):
    """Register the steps."""
    app.add_transform(Boxes)
    app.connect("html-page-context", add_source_link)
    app.connect("build-finished", translate_labels)
    app.connect("build-finished", copy_fonts)
    return {"parallel_read_safe": True}
