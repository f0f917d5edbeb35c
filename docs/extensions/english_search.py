"""Full-text search in English: Sphinx's stems and stop words, and Greek letters and numbers too.

A Greek letter is its name, as it is in LaTeX and in code; a number with a point is one term.
"""

from chinese_search import SPLITTER, query_terms
from sphinx.search.en import SearchEnglish


class SearchTechnicalEnglish(SearchEnglish):
    """Split text as ``SPLITTER`` splits a query; the browser takes the stems of both."""

    js_splitter_code = SPLITTER

    def split(self, input):
        """Return the terms under which a text is found: of a name, its parts too."""
        parts = [part for name in query_terms(input) if "_" in name for part in name.split("_")]
        return query_terms(input) + parts

    def word_filter(self, word):
        """Keep numbers: readers look for 1964."""
        return bool(word) and word not in self.stopwords


def setup(app):
    """Replace Sphinx's own class for 'en'."""
    app.add_search_language(SearchTechnicalEnglish)
    return {"parallel_read_safe": True}
