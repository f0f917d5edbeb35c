"""What the search page has to know beyond Sphinx's index, written to _static/search_data.js.

The traditional form of every character in the book, so that 學習率 is looked up as 学习率; the
page that defines each term of the glossary, which comes first; and the order of the pages.
"""

import json
import re
from pathlib import Path

import opencc
from chinese_search import query_terms
from sphinx.search import languages
from words import words_of

PAGE = re.compile(r"\((\w+)\.ipynb")
CJK = [chr(code) for code in range(0x3400, 0xA000)]


def simplified_forms(texts):
    """Return {traditional: simplified} for the characters of the texts that have other forms."""
    book = set("".join(texts))
    converted = opencc.OpenCC("t2s").convert("\n".join(CJK)).split("\n")
    pairs = zip(CJK, converted, strict=True)
    return {old: new for old, new in pairs if new in book and old not in book}


def defining_pages(glossary, stem):
    """Return {terms of a query: page} for every name and symbol in the glossary."""
    rows = [line.strip("|").split("|") for line in glossary.splitlines() if line.startswith("|")]
    pages = {}
    for *names, last in rows:
        page = PAGE.search(last)
        words = [
            " ".join(map(stem, query_terms(name)))
            for name in re.split("[、，]|, ", "、".join(names))
        ]
        pages.update({word: page[1] for word in words if page and word and word not in pages})
    return pages


def write_data(app, error):
    """Write the script beside the others; ``app.srcdir`` has the text that was read."""
    if error or app.builder.format != "html":
        return
    root = app.config.root_doc
    sources = {page: app.env.doc2path(page) for page in app.env.found_docs}
    texts = {page: Path(path).read_text(encoding="utf-8") for page, path in sources.items()}
    words = words_of(app)
    stem = languages[app.config.html_search_language]({}).stem
    data = {
        "simplified": simplified_forms(texts.values()),
        "defines": defining_pages(texts.get("glossary", ""), stem),
        "order": [root, *app.env.toctree_includes.get(root, [])],
        "found": words["found"],
        "nothing": words["nothing"],
    }
    script = f"const SEARCH_DATA = {json.dumps(data, ensure_ascii=False)};\n"
    path = Path(app.outdir) / "_static" / "search_data.js"
    path.write_text(script, encoding="utf-8")


def setup(app):
    """Register the step."""
    app.connect("build-finished", write_data)
    return {"parallel_read_safe": True}
