"""Every text that a reader sees, one catalogue a language."""

import functools
import json
from importlib import resources


@functools.cache
def catalogue() -> dict:
    """Return {"language", "still", "figure"}; in a text, {name} stands for a value."""
    return json.loads(resources.files(__package__).joinpath("zh.json").read_text(encoding="utf-8"))
