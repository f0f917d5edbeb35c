"""``python -m paper``: write _build/momentum-book.pdf from the built pages."""

from paper.chapters import HTML
from paper.printing import print_book

TARGET = HTML.with_name("momentum-book.pdf")

print_book(TARGET)
print(f">> _build/{TARGET.name}")
