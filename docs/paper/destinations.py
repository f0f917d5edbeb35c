"""What a PDF says about its places."""

from pathlib import Path

from pypdf import PdfReader


def pages(path: Path, names: list[str]) -> dict[str, int]:
    """Return the page of each named place, counted from 1 as a viewer counts."""
    reader = PdfReader(path)
    places = reader.named_destinations
    return {name: reader.get_destination_page_number(places[f"/{name}"]) + 1 for name in names}
