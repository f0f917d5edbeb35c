"""Show how notebooks differ from the last commit, cell by cell (make diff).

nbdime alone prints a changed SVG in full, thousands of lines. Here a picture is a checksum, one
line; what it shows stands beside it in words.
"""

import hashlib
import subprocess
import sys

import nbformat
from nbdime import diff_notebooks
from nbdime.prettyprint import PrettyPrintConfig, pretty_print_notebook_diff

PICTURES = ("image/png", "image/svg+xml", "text/html")


def without_pictures(text):
    """Return the notebook in ``text`` with a checksum for each picture."""
    notebook = nbformat.reads(text, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    for data in (output.get("data", {}) for output in outputs):
        for kind in data.keys() & set(PICTURES):
            data[kind] = "SHA-256 " + hashlib.sha256(data[kind].encode()).hexdigest()[:16]
    return notebook


def committed(path):
    """Return the text of the file in the last commit; None for a new file."""
    show = ["git", "show", f"HEAD:./{path}"]
    run = subprocess.run(show, capture_output=True, encoding="utf-8", check=False)
    return None if run.returncode else run.stdout


def main(paths):
    """Print the differences of each notebook, or that there are none."""
    config = PrettyPrintConfig(use_color=sys.stdout.isatty())
    same = True
    for path in paths:
        before = committed(path)
        with open(path, encoding="utf-8") as file:
            now = file.read()
        if before is None:
            print(f"{path} is new")
        elif before != now:
            old = without_pictures(before)
            changes = diff_notebooks(old, without_pictures(now))
            pretty_print_notebook_diff(path, path, old, changes, config)
        same = same and before == now
    if same:
        print("no notebook differs from the last commit")


if __name__ == "__main__":
    main(sys.argv[1:])
