"""The boxes at the end of a page: how to run it, and how to cite it.

The commands are the README's, the citation is CITATION.cff's: neither is written a second time.
"""

from functools import cache
from pathlib import Path

import yaml
from readme_commands import commands

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


def citation_text(citation, title):
    """Return the citation in words: of the whole if ``title`` is None, else of one page."""
    names = "、".join(citation["names"])
    whole = f"《{citation['title']}》"
    part = f"{title}。载于{whole}" if title else whole
    return f"{names}（{citation['year']}）。{part}，{citation['version']} 版。"


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
    return "\n".join([f"@misc{{momentum-book-{page.replace('_', '-')},", *lines, "}"])


def run_commands(page):
    """Return the README's commands for this notebook, by shell."""
    given = commands("README.md")
    return {
        shell: "\n".join(given[shell, "lab"]).replace("index.ipynb", f"{page}.ipynb")
        for shell in ("sh", "powershell")
    }


def add_boxes(app, page, template, context, doctree):
    """Give the templates what the boxes show; pages without a text of ours have none."""
    if doctree is None:
        return
    citation = read_citation()
    title = None if page == app.config.root_doc else app.env.titles[page].astext()
    context["cite_text"] = citation_text(citation, title)
    context["cite_bibtex"] = citation_bibtex(citation, page, title)
    context["run_commands"] = run_commands(page)


def setup(app):
    """Register the step and the style."""
    app.connect("html-page-context", add_boxes)
    app.add_css_file("page_boxes.css")
    return {"parallel_read_safe": True}
