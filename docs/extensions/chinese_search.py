"""Full-text search in Chinese: Han text is indexed by character and by pairs of characters.

Sphinx's own Chinese search asks a dictionary for words and misses terms such as 学习率. Pairs
need no dictionary: 学习率 is looked up as 学习 and 习率, and both must be on the page.
"""

import re

from sphinx.search import SearchLanguage

SPLITTER = r"""
function splitQuery(query) {
  const terms = [];
  for (const run of query.match(/[\u3400-\u9fff]+|[a-zA-Z0-9_]+/g) || []) {
    if (/[\u3400-\u9fff]/.test(run) && run.length > 1) {
      for (let i = 0; i + 1 < run.length; i++) terms.push(run.slice(i, i + 2));
    } else {
      terms.push(run);
    }
  }
  return terms;
}
"""


class SearchChinese(SearchLanguage):
    """Split text as ``SPLITTER`` splits a query, and keep single characters too."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = SPLITTER

    def split(self, input):
        """Return the terms of a text: words of letters, characters, pairs of characters."""
        terms = []
        for run in re.findall(r"[\u3400-\u9fff]+|[a-zA-Z0-9_]+", input):
            if run[0] >= "\u3400":
                terms += [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
            else:
                terms.append(run)
        return terms


def setup(app):
    """Replace Sphinx's own class for 'zh'."""
    app.add_search_language(SearchChinese)
    return {"parallel_read_safe": True}
