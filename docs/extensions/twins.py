"""Each page leads to its twin in the other language; the Chinese site holds the English in en/."""

OTHER = {"zh": "en", "en": "zh"}
HREFLANG = {"zh": "zh-CN", "en": "en"}


def address(edition, page):
    """Return where the twin of a page is, as seen from the page."""
    up = "../" * page.count("/")
    return f"{up}en/{page}.html" if edition == "zh" else f"{up}../{page}.html"


def add_twin(app, page, template, context, doctree):
    """Give the templates the address and the language of the twin."""
    edition = app.config.edition
    context["twin"] = address(edition, page)
    context["twin_language"] = HREFLANG[OTHER[edition]]
    context["own_language"] = HREFLANG[edition]


def setup(app):
    """Register the step and the script that remembers the choice."""
    app.connect("html-page-context", add_twin)
    app.add_js_file("language.js", loading_method="defer")
    return {"parallel_read_safe": True}
