"""What chapter 10 writes out itself, taken from the chapter and run as it stands there."""

import contextlib
import io
from pathlib import Path

import matplotlib as mpl
import nbformat

CHAPTER = Path(__file__).parents[1] / "notebooks" / "10_exact_mean_loss.ipynb"
LAST = "shuffled_mean"  # its simple recursion for reshuffled epochs


def shuffled_mean():
    """Return the chapter's function, after running its cells as far as that."""
    mpl.use("Agg")  # the chapter's figures are drawn for nobody
    names = {}
    for cell in nbformat.read(CHAPTER, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        with contextlib.redirect_stdout(io.StringIO()):
            exec(cell.source, names)
        if LAST in names:
            return names[LAST]
    raise LookupError(f"a cell of {CHAPTER.name} must define {LAST}, got none")
