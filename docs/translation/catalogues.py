"""The catalogues: gettext files that Babel reads, brings up to date and writes."""

import datetime
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from translation.pages import Message

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ROOT / "docs" / "locale" / "en"
HEADER = "# English edition: msgid is the source in notebooks/, msgstr its English."
# A date that moves would change every file at every run.
DATE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def path_of(page: str) -> Path:
    """Return where the catalogue of a page is; ``page`` is such as solutions/01_x."""
    return CATALOGUES / f"{page}.po"


def read(page: str) -> Catalog:
    """Return the catalogue of a page; an empty one where there is none."""
    path = path_of(page)
    if not path.exists():
        return _empty()
    with path.open("rb") as file:
        return read_po(file, locale="en")


def translations(page: str) -> dict[str, str]:
    """Return English by source, as far as it is there and not fuzzy."""
    return {m.id: m.string for m in read(page) if m.id and m.string and not m.fuzzy}


def update(page: str, messages: Iterable[Message]) -> None:
    """Bring a catalogue to what the page holds today: what is new is empty, or fuzzy if like."""
    template = _empty()
    for place, text in messages:
        template.add(text, locations=[(place, None)])
    catalogue = read(page)
    catalogue.update(template, update_creation_date=False)
    for message in catalogue:
        message.flags -= {"python-format", "python-brace-format"}  # guessed from % and {}
        if not message.fuzzy:
            message.previous_id = []
    path = path_of(page)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, include_previous=True)


def _empty() -> Catalog:
    return Catalog(
        locale="en",
        header_comment=HEADER,
        project="The momentum book",
        version="in English",
        copyright_holder="The momentum book authors",
        last_translator="The momentum book authors",
        language_team="English",
        creation_date=DATE,
        revision_date=DATE,
        fuzzy=False,
    )
