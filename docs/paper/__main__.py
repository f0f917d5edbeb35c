"""``python -m paper``: write the book of each edition, from its built pages, to _build."""

from paper.editions import EDITIONS
from paper.printing import print_book

for edition in EDITIONS:
    print_book(edition)
    print(f">> _build/{edition.target.name}")
