"""Settings of the HTML edition: built from notebooks/ as recorded, nothing is executed."""

import sys
from importlib import metadata
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS / "extensions"))
sys.path.append(str(DOCS.parent / "tests"))  # for readme_commands, which the pages show

from words import words  # noqa: E402

# sphinx-build -t english builds the English edition, from notebooks/en.
edition = "en" if "tags" in globals() and tags.has("english") else "zh"  # noqa: F821
WORDS = words(edition)

project = WORDS["project"]
author = "The momentum book authors"
copyright = "2026 The momentum book authors"
release = metadata.version("d2lzh-pytorch")
language = {"zh": "zh_CN", "en": "en_GB"}[edition]
html_search_language = edition
locale_dirs = [str(DOCS / "locale")]

extensions = [
    "myst_nb",  # notebooks and Markdown as pages
    "sphinx_external_toc",  # the order of the book stands in _toc.yml, not in the notebooks
    "sphinxcontrib.katex",  # formulas, typeset while building
    "patient_katex",  # a busy machine is waited for
    "sphinx_copybutton",  # a copy button on code
    "anchors",  # anchors written in the notebooks, ids made from headings
    "sphinx_reredirects",  # old addresses forward to the new ones
    "words",  # what a reader sees beside the text, by language
    "twins",  # the same page in the other language
    "chinese_search",  # Sphinx's search in pairs of Han characters
    "english_search",  # Sphinx's own, with Greek letters and numbers
    "search_data",  # traditional characters and the glossary, for the search page
    "book_pages",
    "figure_files",  # script and still picture of the interactive figures, as files of the site
    "light_styles",  # style sheets without comments
    "page_boxes",  # how to run and to cite a page, at its end
    "exercises",  # solutions folded, cells to answer in left out on paper
    "line_breaks",  # between formulas and punctuation; of references and links in tables
    "whole_brackets",  # in formulas
    "heat_maps",
]
exclude_patterns = ["**.ipynb_checkpoints", "en"]
external_toc_path = str(DOCS / {"zh": "_toc.yml", "en": "_toc.en.yml"}[edition])
nitpicky = True

# The English edition is younger than the addresses that moved.
redirects = (
    {
        "08_noise_and_seeds": "09_noise_and_seeds.html",
        "09_other_forms": "11_other_forms.html",
    }
    if edition == "zh"
    else {}
)
redirect_html_template_file = str(DOCS / "templates/moved.html")

myst_enable_extensions = ["dollarmath", "amsmath", "deflist"]
myst_dmath_double_inline = True  # a formula directly below its anchor, as JupyterLab reads it
myst_heading_anchors = 3
nb_execution_mode = "off"
nb_merge_streams = True
nb_code_prompt_show = WORDS["show_drawing"]
nb_code_prompt_hide = WORDS["hide_drawing"]

html_math_renderer = "katex_whole"
katex_prerender = True
katex_js_path = str(DOCS / "node_modules/katex/dist/katex.min.js")
katex_css_path = "katex.min.css"

html_theme = "furo"
html_title = WORDS["title"]
html_static_path = ["static", "node_modules/katex/dist/katex.min.css"]
html_favicon = "static/favicon.svg"
html_css_files = ["book.css", "scrolling.css", "menus.css", ("print.css", {"media": "print"})]
html_js_files = [(name, {"defer": "defer"}) for name in ("words.js", "scrolling.js", "menus.js")]
templates_path = ["templates"]
html_copy_source = True
html_sourcelink_suffix = ""
html_show_sourcelink = False
html_show_sphinx = False
html_use_index = False
html_show_search_summary = False  # search.js turns it on where a page may fetch others
html_permalinks_icon = "#"
html_last_updated_fmt = None
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "github-dark"
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#005a8c",
        "color-brand-content": "#005a8c",
    },
    "dark_css_variables": {
        "color-brand-primary": "#7cc4f0",
        "color-brand-content": "#7cc4f0",
    },
}

# Only code is copied: outputs are there to be compared, not to be run.
copybutton_selector = "div.cell_input div.highlight pre, div.highlight-sh pre, .page-box pre"
