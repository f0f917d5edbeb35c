"""Run the static check of the tests on the notebooks named (for pre-commit)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from hygiene import problems


def main(paths):
    """Print every problem with the name of its notebook; exit with 1 when there is one."""
    found = [f"{path}: {problem}" for path in paths for problem in problems(path)]
    print(*found, sep="\n", end="\n" if found else "")
    if found:
        print("Mend the cell, and record it with make run NOTEBOOKS=notebooks/NAME.ipynb")
    sys.exit(bool(found))


if __name__ == "__main__":
    main(sys.argv[1:])
