"""The files that run in the browser, joined into the one script that a figure carries."""

import functools
import json
import re
from importlib import resources

# What the browser runs, in the order of reading: each file needs only those before it.
SCRIPTS = (
    "mathematics",
    "numbers",
    "words",
    "elements",
    "plot",
    "traces",
    "map",
    "markup",
    "readout",
    "controls",
    "player",
    "page",
)


@functools.cache
def script() -> str:
    """Join SCRIPTS and the style sheet into one script, which needs no module and no network.

    The files are modules, so that Node and the linter read them as they are; in one function
    their names meet, and ``import`` and ``export`` have nothing left to say. Indents and lines of
    comment stay here, where they are read.
    """
    text = "\n".join(read(f"{name}.mjs") for name in SCRIPTS)
    text = re.sub(r"^import [^;]*;\n|^export |^ *//.*\n|^ +|^\n", "", text, flags=re.MULTILINE)
    style = json.dumps(re.sub(r"/\*.*?\*/|\s+", " ", read("style.css")))
    # By its place, not its id: a notebook may show the same output twice.
    start = f"explore(document.currentScript.previousElementSibling, {style});"
    return f'(() => {{\n"use strict";\n{text}\n{start}\n}})();\n'


def read(file: str) -> str:
    """Return the text of a file beside this one; the package may be in a zip."""
    return resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
