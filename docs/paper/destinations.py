"""What a PDF says about its places."""

from pathlib import Path

import pikepdf


def pages(path: Path, names: list[str]) -> dict[str, int]:
    """Return the page of each named place, counted from 1 as a viewer counts."""
    with pikepdf.open(path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        places = pdf.Root.Dests
        return {name: numbers[places[f"/{name}"][0].objgen] for name in names}
