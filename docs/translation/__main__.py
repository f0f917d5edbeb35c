"""Bring catalogues up to date; where nothing is missing, write the page and run it."""

import subprocess
import sys

from translation import catalogues, edition


def main(names: list[str]) -> None:
    """Write the pages named, or all; exit with 1 where English is missing, and say where."""
    incomplete, to_run = [], []
    for page in names or edition.names():
        catalogues.update(page, edition.messages(page))
        lacking = edition.missing(page)
        incomplete += lacking
        path = None if lacking else edition.write(page)
        to_run += [path] if path else []
    if to_run:
        notebooks = " ".join(path.relative_to(catalogues.ROOT).as_posix() for path in to_run)
        subprocess.run(["make", "run", f"NOTEBOOKS={notebooks}"], cwd=catalogues.ROOT, check=True)
    print(*incomplete, sep="\n", end="\n" if incomplete else "")
    if incomplete:
        print(f"Translate these in {catalogues.CATALOGUES}, then run make english again.")
    sys.exit(bool(incomplete))


if __name__ == "__main__":
    main(sys.argv[1:])
