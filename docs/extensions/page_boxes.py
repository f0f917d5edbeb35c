"""The boxes at the end of a page: how to run it, and how to cite it.

The commands are the README's, the citation is CITATION.cff's: neither is written a second time.
"""

import html
import re
from functools import cache
from pathlib import Path

import yaml
from readme_commands import commands
from words import words_of

ROOT = Path(__file__).resolve().parents[2]


@cache  # every page asks
def read_citation():
    """Return what CITATION.cff says, with the authors' names in one list."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    people = citation["authors"]
    names = [
        person.get("name") or f"{person['given-names']} {person['family-names']}"
        for person in people
    ]
    return citation | {"names": names, "year": str(citation["date-released"])[:4]}


def citation_text(citation, title, words):
    """Return the citation in words: of the whole if ``title`` is None, else of one page."""
    names = words["name_separator"].join(citation["names"])
    kind = "citation_part" if title else "citation_whole"
    part = words[kind].format(title=citation["title"], page=title)
    return words["citation"].format(
        names=names, year=citation["year"], part=part, version=citation["version"]
    )


def citation_bibtex(citation, page, title):
    """Return the same for BibTeX; names in double braces are taken as they are."""
    whole = f"{citation['title']}, version {citation['version']}"
    fields = {
        "author": " and ".join(f"{{{name}}}" for name in citation["names"]),
        "title": title or citation["title"],
        "howpublished": whole if title else f"Version {citation['version']}",
        "year": citation["year"],
        "url": citation.get("url", ""),
    }
    lines = [f"  {field:<12} = {{{value}}}," for field, value in fields.items() if value]
    key = re.sub(r"\W|_", "-", page)
    return "\n".join([f"@misc{{momentum-book-{key},", *lines, "}"])


def run_commands(page):
    """Return the README's commands for this notebook, by shell."""
    given = commands("README.md")
    return {
        shell: "\n".join(given[shell, "lab"]).replace("index.ipynb", f"{page}.ipynb")
        for shell in ("sh", "powershell")
    }


def whole_words(text):
    """Return a command as HTML; a line of it breaks between words, not at a hyphen inside one."""
    word = r"(?<!\S)[!-~]{1,30}(?!\S)"
    return re.sub(word, r'<span class="whole">\g<0></span>', html.escape(text, quote=False))


def add_boxes(app, page, template, context, doctree):
    """Give the templates what the boxes show; pages without a text of ours have none."""
    if doctree is None:
        return
    words = words_of(app)
    citation = read_citation() | {"title": words.get("citation_title") or read_citation()["title"]}
    title = None if page == app.config.root_doc else app.env.titles[page].astext()
    context["cite_text"] = citation_text(citation, title, words)
    place = page if app.config.edition == "zh" else f"en/{page}"
    context["cite_bibtex"] = citation_bibtex(citation, place, title)
    context["run_commands"] = run_commands(place)
    context["whole_words"] = whole_words


def setup(app):
    """Register the step and the style."""
    app.connect("html-page-context", add_boxes)
    app.add_css_file("page_boxes.css")
    return {"parallel_read_safe": True}
