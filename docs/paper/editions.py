"""The two editions of the book: where their pages are built, and what their book is called."""

from pathlib import Path
from typing import NamedTuple

from conf import DOCS, words
from sphinx_external_toc.parsing import parse_toc_yaml

BUILD = DOCS.parent / "_build"


class Edition(NamedTuple):
    """One language: its words, the folder of its pages beside the book, pages, and the PDF."""

    words: dict
    folder: str
    names: list[str]
    target: Path

    @property
    def html(self) -> Path:
        """The folder of the built pages."""
        return BUILD / self.folder


def _edition(language, folder, toc, target):
    return Edition(words(language), folder, list(parse_toc_yaml(DOCS / toc)), BUILD / target)


CHINESE = _edition("zh", "html", "_toc.yml", "momentum-book.pdf")
ENGLISH = _edition("en", "html/en", "_toc.en.yml", "momentum-book-en.pdf")
EDITIONS = (CHINESE, ENGLISH)
