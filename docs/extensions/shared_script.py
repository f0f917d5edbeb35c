"""The script of the interactive figures, which a notebook holds in each output: once for the site.

It finds its figure by its own place in the page, as a file as well as in the text.
"""

import hashlib
import re
from pathlib import Path

SCRIPT = re.compile(r'<script>\n(\(\(\) => \{\n"use strict";.*?)</script>', flags=re.DOTALL)


def share(app, error):
    """Move the script into a file that the pages have in common, named after what it holds."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)

    def moved(found):
        name = f"explorer-{hashlib.sha256(found[1].encode()).hexdigest()[:8]}.js"
        (out / "_static" / name).write_text(found[1], encoding="utf-8")
        return f'<script src="_static/{name}"></script>'

    for path in out.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        path.write_text(SCRIPT.sub(moved, text), encoding="utf-8")


def setup(app):
    """Register the step."""
    app.connect("build-finished", share)
    return {"parallel_read_safe": True}
