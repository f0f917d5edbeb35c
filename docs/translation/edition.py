"""Pages of the English edition: what is missing, what they must be, and writing them."""

from pathlib import Path

import nbformat

from translation import catalogues, pages

SOURCE = catalogues.ROOT / "notebooks"
ENGLISH = SOURCE / "en"


def names() -> list[str]:
    """Return the pages of the book, such as 01_x, solutions/01_x and glossary."""
    found = [path for kind in ("*.ipynb", "*.md") for path in SOURCE.rglob(kind)]
    own = [path for path in found if ENGLISH not in path.parents and "." not in path.parent.name]
    return sorted(path.relative_to(SOURCE).with_suffix("").as_posix() for path in own)


def source_of(page: str) -> Path:
    """Return the file of a page in Chinese."""
    notebook = SOURCE / f"{page}.ipynb"
    return notebook if notebook.exists() else SOURCE / f"{page}.md"


def english_of(page: str) -> Path:
    """Return where a page of the English edition is."""
    return ENGLISH / source_of(page).relative_to(SOURCE)


def messages(page: str) -> list[pages.Message]:
    """Return what of a page is translated, in order."""
    path = source_of(page)
    if path.suffix == ".md":
        return pages.messages_of_text(path.name, path.read_text(encoding="utf-8"))
    return list(pages.messages(nbformat.read(path, as_version=4)))


def missing(page: str) -> list[str]:
    """Name each cell whose text has no English that is up to date."""
    known = catalogues.translations(page)
    return [
        f"{page} {place}: no English, or fuzzy, for {text[:40]!r}"
        for place, text in messages(page)
        if text not in known
    ]


def sources(notebook) -> list[tuple]:
    """Return what a notebook is without its outputs: to be compared."""
    return [(c.id, c.cell_type, c.source, c.metadata) for c in notebook.cells]


def english(page: str):
    """Return a page in English: a notebook that has not run yet, or a text."""
    known = catalogues.translations(page)
    path = source_of(page)
    if path.suffix == ".md":
        return pages.translate_text(path.read_text(encoding="utf-8"), known.__getitem__) + "\n"
    return pages.translate_notebook(nbformat.read(path, as_version=4), known.__getitem__)


def write(page: str) -> Path | None:
    """Write a page; return its path if it is a notebook that has to run, its code being new."""
    new = english(page)
    path = english_of(page)
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(new, str):
        path.write_text(new, encoding="utf-8")
        return None
    recorded = nbformat.read(path, as_version=4) if path.exists() else None
    same = recorded is not None and code(recorded) == code(new)
    if same:
        _take_outputs(recorded, new)
    nbformat.write(new, path)
    return None if same else path


def code(notebook) -> list[str]:
    """Return the code of a notebook, cell by cell."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def _take_outputs(recorded, new):
    old = [cell for cell in recorded.cells if cell.cell_type == "code"]
    for before, cell in zip(old, (c for c in new.cells if c.cell_type == "code"), strict=True):
        cell.outputs = before.outputs
        cell.execution_count = before.execution_count
