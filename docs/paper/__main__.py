"""``python -m paper``: write the book of each edition, from its built pages, to _build."""

from concurrent.futures import ProcessPoolExecutor

from paper.editions import EDITIONS
from paper.printing import print_book

if __name__ == "__main__":
    with ProcessPoolExecutor(len(EDITIONS)) as pool:  # a print keeps one processor busy
        list(pool.map(print_book, EDITIONS))
    print(*(f">> _build/{edition.target.name}" for edition in EDITIONS), sep="\n")
