"""What the pages of the book have beyond the theme: boxes, tables that scroll, Chinese labels."""

from pathlib import Path

from docutils import nodes
from sphinx.transforms import SphinxTransform

BOXED_QUOTES = {"勘误": "erratum", "辨析": "nuance", "先猜后看": "guess"}
BOXED_SECTIONS = {"小结": "summary", "练习": "exercises", "延伸阅读": "reading"}

# What the theme writes in English without offering it for translation, or leaves incomplete.
LABELS = {
    'aria-label="Toggle site navigation sidebar"': 'aria-label="打开或关上目录"',
    'aria-label="Toggle table of contents sidebar"': 'aria-label="打开或关上本页目录"',
    'aria-label="Toggle Light / Dark / Auto color theme"': 'aria-label="切换浅色、深色、跟随系统"',
    # The menu stands before the text: headings in it would come before the page's first.
    '<p class="caption" role="heading">': '<p class="caption">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="目录与搜索">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="本页目录">',
}
# What a fold is called stands in it.
LABELS |= {'<summary aria-label="Toggle hidden content">': "<summary>"}
# The corner of a table of pandas heads nothing.
LABELS |= {"<th></th>": "<td></td>"}
# What leads elsewhere, so that a screen reader finds it by name.
NAVIGATION = {"sidebar-tree": "全书目录", "toc-tree": "本页标题", "related-pages": "上一页和下一页"}
LABELS |= {
    f'<div class="{part}">': f'<div class="{part}" role="navigation" aria-label="{name}">'
    for part, name in NAVIGATION.items()
}


class Boxes(SphinxTransform):
    """Give quotes that open with 勘误 or 辨析, and the closing sections, a class to design."""

    default_priority = 700

    def apply(self):
        """Mark the nodes in place."""
        for quote in self.document.findall(nodes.block_quote):
            for opening, name in BOXED_QUOTES.items():
                if quote.astext().startswith(opening):
                    quote["classes"].append(name)
        for section in self.document.findall(nodes.section):
            name = BOXED_SECTIONS.get(section[0].astext())
            if name:
                section["classes"].append(name)


def add_source_link(app, page, template, context, doctree):
    """Tell the templates whether the page has a notebook to download."""
    context["notebook"] = f"{page}.ipynb" if (Path(app.srcdir) / f"{page}.ipynb").exists() else None


def translate_labels(app, error):
    """Put the Chinese label in place of each English one, in every finished page."""
    if error or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for english, chinese in LABELS.items():
            text = text.replace(english, chinese)
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
