"""Full-text search in Chinese: Han text is indexed by character and by pairs of characters.

Sphinx's own Chinese search asks a dictionary for words and misses terms such as 学习率. Pairs
need no dictionary: 学习率 is looked up as 学习 and 习率, and both must be on the page. A Greek
letter is its name, as it is in LaTeX and in code. A number with a point, 7.4, is one term.
"""

import json
import re
import unicodedata

from sphinx.search import SearchLanguage

GREEK = {
    letter: unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda")
    for letter in "αβγδεζηθικλμνξπρστυφχψω"
}
RUN = f"[\\u3400-\\u9fff]+|[{''.join(GREEK)}]|[a-zA-Z0-9_]+(?:\\.[0-9]+)*"

SPLITTER = (
    f"""
const GREEK = {json.dumps(GREEK, ensure_ascii=False)};
const RUN = /{RUN}/g;
"""
    + """
function splitQuery(query) {
  const terms = [];
  for (const run of query.toLowerCase().match(RUN) || []) {
    if (/[\\u3400-\\u9fff]/.test(run) && run.length > 1) {
      for (let i = 0; i + 1 < run.length; i++) terms.push(run.slice(i, i + 2));
    } else {
      terms.push(GREEK[run] || run);
    }
  }
  return terms;
}
"""
)


def query_terms(text):
    """Return the terms of a query, as ``SPLITTER`` does in the browser."""
    terms = []
    for run in re.findall(RUN, text.lower()):
        if run[0] >= "\u3400" and len(run) > 1:
            terms += [run[i : i + 2] for i in range(len(run) - 1)]
        else:
            terms.append(GREEK.get(run, run))
    return terms


class SearchChinese(SearchLanguage):
    """Split text as ``SPLITTER`` splits a query; keep single characters and parts of names too."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = SPLITTER

    def split(self, input):
        """Return the terms under which a text is found."""
        names = [part for name in re.findall(r"\w+_\w+", input) for part in name.split("_")]
        return query_terms(input) + re.findall(r"[\u3400-\u9fff]", input) + names

    def word_filter(self, word):
        """Keep everything, numbers too: readers look for 1964."""
        return bool(word)


def setup(app):
    """Replace Sphinx's own class for 'zh'."""
    app.add_search_language(SearchChinese)
    return {"parallel_read_safe": True}
