"""What a reader of a page sees beside the text: one catalogue a language, in docs/locale."""

import json
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"
LANGUAGES = ("zh", "en")


def words(language):
    """Return the catalogue of "zh" or "en"; in a text, {name} stands for a value."""
    return json.loads((LOCALE / f"words.{language}.json").read_text(encoding="utf-8"))


def words_of(app):
    """Return the catalogue of the edition that is being built."""
    return words(app.config.edition)


def tell(app, page, template, context, doctree):
    """Give the words to the templates."""
    context["words"] = words_of(app)


def give_to_scripts(app, error):
    """Write what the scripts of the pages say to _static/words.js, which they load first."""
    if error or app.builder.format != "html":
        return
    spoken = {key: text for key, text in words_of(app).items() if key.startswith("scroll_")}
    script = f"const BOOK_WORDS = {json.dumps(spoken, ensure_ascii=False)};\n"
    (Path(app.outdir) / "_static" / "words.js").write_text(script, encoding="utf-8")


def setup(app):
    """Register the setting and the steps."""
    app.add_config_value("edition", "zh", "env")
    app.connect("html-page-context", tell)
    app.connect("build-finished", give_to_scripts)
    return {"parallel_read_safe": True}
