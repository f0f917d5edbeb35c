"""What of a page is translated, and the page with its texts replaced: one walk for both.

A message is a paragraph of Markdown, a line of code (its comment or string), or an alt text, as
far as it holds Han characters or their punctuation; all else goes over as it is.
"""

import copy
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

# With the punctuation that only Chinese has.
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]")
LANGUAGE = 'd2l.set_language("en")  # for the interactive figure, and for what checks say'


class Message(NamedTuple):
    """A text to translate, and the id of the cell where it stands."""

    place: str
    text: str


def paragraphs(text: str) -> list[str]:
    """Split Markdown at blank lines; a fenced piece and a displayed formula stay whole."""
    found = [""]
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.lstrip("> ").startswith("```")
        formula = found[-1].count("$$") % 2 == 1
        if line or fenced or formula:
            found[-1] += ("\n" if found[-1] else "") + line
        elif found[-1]:
            found.append("")
    return [part for part in found if part]


def translate_text(text: str, translate: Callable[[str], str]) -> str:
    """Return Markdown with every paragraph that holds Han characters replaced."""
    parts = [translate(part) if HAN.search(part) else part for part in paragraphs(text)]
    return "\n\n".join(parts)


def translate_code(source: str, translate: Callable[[str], str]) -> str:
    """Return code with every line that holds Han characters replaced, at its own indentation."""
    lines = []
    for line in source.split("\n"):
        if HAN.search(line):
            indentation = line[: len(line) - len(line.lstrip())]
            new = translate(line.strip()).split("\n")
            lines += [indentation + part for part in new]
        else:
            lines.append(line)
    return "\n".join(lines)


def translate_cell(cell, translate: Callable[[str], str]):
    """Return a copy of a notebook's cell in English, without outputs."""
    new = copy.deepcopy(cell)
    if cell.cell_type == "markdown":
        new.source = translate_text(cell.source, translate)
        return new
    new.source = translate_code(cell.source, translate)
    new.outputs = []
    new.execution_count = None
    image = new.metadata.get("mystnb", {}).get("image", {})
    if HAN.search(image.get("alt", "")):
        image["alt"] = translate(image["alt"])
    return new


def translate_notebook(notebook, translate: Callable[[str], str]):
    """Return the notebook in English, not yet run; its first code cell chooses the language."""
    new = copy.deepcopy(notebook)
    new.cells = [translate_cell(cell, translate) for cell in notebook.cells]
    for cell in new.cells:
        if cell.cell_type == "code":  # the English notebook lies one folder deeper
            cell.source = re.sub(r'"((?:\.\./)+data/)', r'"../\1', cell.source)
    first = next(cell for cell in new.cells if cell.cell_type == "code")
    if "import d2lzh_pytorch as d2l" in first.source:
        first.source += f"\n\n{LANGUAGE}"
    return new


def messages(notebook) -> Iterator[Message]:
    """Yield what of a notebook is translated, in order."""
    for cell in notebook.cells:
        found: list[str] = []
        translate_cell(cell, lambda text, into=found: into.append(text) or text)
        yield from (Message(cell.id, text) for text in found)


def messages_of_text(name: str, text: str) -> list[Message]:
    """Return what of a Markdown page is translated, in order."""
    return [Message(name, part) for part in paragraphs(text) if HAN.search(part)]
