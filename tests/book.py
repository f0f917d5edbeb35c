"""Where the pages are and in which order: docs/_toc.yml says it, and everybody else asks here."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HTML = ROOT / "_build" / "html"
TOC = (ROOT / "docs" / "_toc.yml").read_text(encoding="utf-8")
PAGES = re.findall(r"^(?:root:| *- file:) (\S+)$", TOC, flags=re.MULTILINE)
ENGLISH = [f"en/{name}" for name in PAGES]
# The pages of the other kinds, as far as they are made like these.
SAMPLE = ["solutions/07_why_momentum_works", "en/index", "en/01_gradient_descent_problem"]
CHAPTERS = [name for name in PAGES if re.match(r"\d\d_", name)]
