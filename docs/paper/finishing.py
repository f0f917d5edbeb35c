"""What Chromium leaves to be done in its PDF: names, titles, and text that can be searched."""

import logging
import re
from pathlib import Path
from unicodedata import normalize

import pikepdf
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject, TextStringObject

# pypdf counts its own objects among those of the file, and warns of as many too many.
logging.getLogger("pypdf").setLevel(logging.ERROR)

# Han characters that a font draws with the glyph of a radical, where Unicode's own
# normal form leaves the radical as it is.
RADICALS = str.maketrans(
    "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻬⻮⻰",
    "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟齐齿龙",
)


def finish(path: Path, headings: list[str], about: dict[str, str]) -> None:
    """Give the PDF its names, the outline its titles, and the text its characters back.

    Chromium writes a heading at the top of a sheet twice into the outline, and no formula.
    """
    writer = PdfWriter(clone_from=path)
    for item, heading in zip(_outline(writer.root_object["/Outlines"]), headings, strict=True):
        item[NameObject("/Title")] = TextStringObject(heading)
    for stream in writer._objects:
        if isinstance(stream, StreamObject):
            _name_characters(stream)
    writer.add_metadata({f"/{name}": value for name, value in about.items()})
    writer.page_mode = "/UseOutlines"
    writer.write(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _outline(parent):
    """Give the items below one, each before its own."""
    item = parent.get("/First")
    while item:
        item = item.get_object()
        yield item
        yield from _outline(item)
        item = item.get("/Next")


def _name_characters(stream):
    """In a table from glyphs to characters, put Han characters in place of radicals."""
    table = stream.get_data()
    if b"beginbfchar" in table:
        stream.set_data(re.sub(rb"(?<=> <)2[EF][0-9A-F]{2}(?=>)", _han, table))


def _han(match):
    radical = chr(int(match[0], 16))
    character = normalize("NFKC", radical).translate(RADICALS)
    return b"%04X" % ord(character)
