"""Copy the figure of notebooks/index.ipynb to docs/traces.svg, where the README shows it."""

from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "traces.svg"


def figure():
    """Return the SVG recorded in index.ipynb, which holds exactly one."""
    cells = nbformat.read(ROOT / "notebooks" / "index.ipynb", as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    (svg,) = (o.data["image/svg+xml"] for o in outputs if "image/svg+xml" in o.get("data", {}))
    return svg


if __name__ == "__main__":
    TARGET.write_text(figure(), encoding="utf-8")
