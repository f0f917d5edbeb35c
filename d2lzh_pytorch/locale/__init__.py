"""Every text that a reader sees, one catalogue a language; of the exercises, one a chapter."""

import functools
import json
from importlib import resources

LANGUAGES = ("zh", "en")
_chosen = ["zh"]


def set_language(language: str) -> None:
    """Choose the language of the interactive figure and of what ``check_answer`` says.

    ``language`` is "zh" or "en"; it holds until the next call. ValueError for any other.

    >>> set_language("zh")
    """
    if language not in LANGUAGES:
        remedy = 'pass "zh" or "en"'
        raise ValueError(f"language must be one of {LANGUAGES}, got {language!r}; {remedy}")
    _chosen[0] = language


def catalogue() -> dict:
    """Return {"language", "still", "figure", "check"}; in a text, {name} stands for a value."""
    return _read(f"{_chosen[0]}.json")


def hints(chapter: str) -> dict[str, dict[str, str]]:
    """Return what may be said to a wrong answer, by exercise and slip; ``chapter`` is "07"."""
    return _read(f"{_chosen[0]}_exercises/{chapter}.json")


@functools.cache
def _read(name: str) -> dict:
    return json.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
