"""What a notebook holds in the output of each interactive figure, as files of the site.

The script, once for all pages: it finds its figure by its own place in the page, as a file as well
as in the text. And the still figure, so that the text need not wait for it.
"""

import hashlib
import re
from pathlib import Path
from urllib.parse import unquote

SCRIPT = re.compile(r'<script>\n(\(\(\) => \{\n"use strict";.*?)</script>', flags=re.DOTALL)
STILL = re.compile(r'<img src="data:image/svg\+xml,([^"]+)"')


def share(app, error):
    """Move both into files, named after what they hold."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)

    def script(found):
        return f'<script src="{_put(out, "explorer", "js", found[1])}"></script>'

    def still(found):
        return f'<img src="{_put(out, "still", "svg", unquote(found[1]))}"'

    for path in out.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        path.write_text(STILL.sub(still, SCRIPT.sub(script, text)), encoding="utf-8")


def _put(out, name, kind, content):
    """Write a file, and return its address from a page."""
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    address = f"_static/{name}-{digest}.{kind}"
    (out / address).write_text(content, encoding="utf-8")
    return address


def setup(app):
    """Register the step."""
    app.connect("build-finished", share)
    return {"parallel_read_safe": True}
