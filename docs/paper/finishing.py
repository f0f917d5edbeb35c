"""What Chromium leaves to be done in its PDF: numbers, names, and text that can be searched."""

import re
from pathlib import Path
from unicodedata import normalize

import pikepdf

# Han characters that a font draws with the glyph of a radical, where Unicode's own
# normal form leaves the radical as it is.
RADICALS = str.maketrans(
    "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻬⻮⻰",
    "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟齐齿龙",
)


def finish(path: Path, numbered: Path, headings: list[str], about: dict[str, str]) -> None:
    """Give the PDF its names, the outline its titles, and the text its characters back.

    Its first sheets are drawn as in the PDF ``numbered``.
    Chromium writes a heading at the top of a sheet twice into the outline, and no formula.
    """
    with pikepdf.open(path, allow_overwriting_input=True) as pdf, pikepdf.open(numbered) as front:
        for sheet, drawn in zip(pdf.pages, front.pages, strict=False):
            _draw_as(pdf, sheet, front, drawn)
        for item, heading in zip(_outline(pdf.Root.Outlines), headings, strict=True):
            item.Title = pikepdf.String(heading)
        for stream in pdf.objects:
            if isinstance(stream, pikepdf.Stream):
                _name_characters(stream)
        for name, value in about.items():
            pdf.docinfo[f"/{name}"] = value
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _draw_as(pdf, sheet, other, drawn):
    """Draw a sheet as one of another PDF; its links and its tags stay."""
    for name in ("/Contents", "/Resources"):
        sheet.obj[name] = pdf.copy_foreign(other.make_indirect(drawn.obj[name]))


def _outline(parent):
    """Give the items below one, each before its own."""
    item = parent.get("/First")
    while item is not None:
        yield item
        yield from _outline(item)
        item = item.get("/Next")


def _name_characters(stream):
    """In a table from glyphs to characters, put Han characters in place of radicals."""
    if "/Subtype" in stream or "/Type" in stream:  # a picture or a font, not a table
        return
    table = stream.read_bytes()
    if b"beginbfchar" in table:
        stream.write(re.sub(rb"(?<=> <)2[EF][0-9A-F]{2}(?=>)", _han, table))


def _han(match):
    radical = chr(int(match[0], 16))
    character = normalize("NFKC", radical).translate(RADICALS)
    return b"%04X" % ord(character)
