"""The English edition is what its source and its catalogues make it, and says the same."""

import ast
import json
import re
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from hygiene import as_recorded, links_to_nowhere
from translation import catalogues, edition, pages

from d2lzh_pytorch import locale

ROOT = Path(__file__).resolve().parents[1]
PAGES = edition.names()
NOTEBOOKS = [page for page in PAGES if edition.source_of(page).suffix == ".ipynb"]
LOCALE = Path(locale.__file__).parent
REMEDY = "translate it in docs/locale/en, then make english (see CONTRIBUTING.md)"
# Names, in their own writing.
NAMES = re.compile("《动手学深度学习》|动量法（momentum）")
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]+\$", flags=re.DOTALL)
CODE = re.compile(r"`[^`]+`")
LINK = re.compile(r"\]\(([^)#]*)")
DECIMAL = re.compile(r"\d+\.\d+")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")


def read(path):
    return nbformat.read(path, as_version=4)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_waits_for_its_english(page):
    assert edition.missing(page) == [], REMEDY


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_made_from_source_and_catalogue(page):
    if edition.english_of(page).suffix == ".md":
        assert edition.english_of(page).read_text(encoding="utf-8") == edition.english(page), REMEDY
    else:
        assert edition.sources(read(edition.english_of(page))) == edition.sources(
            edition.english(page)
        )


def test_there_are_no_other_pages():
    files = {p for kind in ("*.ipynb", "*.md") for p in edition.ENGLISH.rglob(kind)}
    assert {p for p in files if ".ipynb_checkpoints" not in p.parts} == set(
        map(edition.english_of, PAGES)
    )
    assert set(catalogues.CATALOGUES.rglob("*.po")) == {catalogues.path_of(page) for page in PAGES}


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_the_notebook_is_as_recorded(page):
    path = edition.english_of(page)
    notebook = read(path)
    prose = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    assert as_recorded(notebook, "[a-z]") + links_to_nowhere(prose, path) == []


@pytest.mark.parametrize("page", PAGES)
def test_no_chinese_is_left(page):
    text = NAMES.sub("", edition.english_of(page).read_text(encoding="utf-8"))
    if edition.english_of(page).suffix == ".ipynb":
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=0)  # \u escapes too
    assert [line for line in text.splitlines() if pages.HAN.search(line)][:3] == []


class Blank(ast.NodeTransformer):
    """Strings become empty; what an f-string formats stays, in whatever order."""

    def visit_Constant(self, node):
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node):
        formatted = [v for v in node.values if isinstance(v, ast.FormattedValue)]
        values = [ast.dump(self.visit(v)) for v in formatted]
        return ast.Constant(sorted(values))


def skeleton(source):
    return ast.dump(Blank().visit(ast.parse(source)))


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_code_is_the_same_but_for_strings_and_comments(page):
    ours, theirs = (
        edition.code(read(p)) for p in (edition.english_of(page), edition.source_of(page))
    )
    plain = [source.removesuffix(f"\n\n{pages.LANGUAGE}") for source in ours]
    assert list(map(skeleton, plain)) == list(map(skeleton, theirs))


def results(notebook):
    """The numbers that each code cell printed; a figure is its picture and its words."""
    found = {}
    for cell in notebook.cells:
        outputs = cell.get("outputs", [])
        data = [output.get("data", {}) for output in outputs]
        pictures = [d for d in data if "image/svg+xml" in d]
        told = [d.get("text/plain", "") for d in data if d not in pictures]
        printed = "".join([*(output.get("text", "") for output in outputs), *told])
        figures = [(d["image/svg+xml"], d["text/plain"]) for d in pictures]
        printed = re.sub(r"[0-9.]+ sec per epoch", "", printed)  # a time, never the same
        found[cell.id] = (Counter(NUMBER.findall(printed)), figures)
    return found


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_every_number_equals_its_twins(page):
    assert results(read(edition.english_of(page))) == results(read(edition.source_of(page)))


def facts(text):
    """What a translation may not change: formulas, code, pages linked to, decimal numbers."""
    words = CODE.sub("", FORMULA.sub("", text))
    plain = [re.sub(r"\s", "", formula) for formula in FORMULA.findall(text)]
    code = CODE.findall(FORMULA.sub("", text))
    return Counter([*plain, *code, *LINK.findall(words), *DECIMAL.findall(words)])


@pytest.mark.parametrize("page", PAGES)
def test_formulas_links_and_numbers_are_the_same(page):
    changed = []
    for chinese, english in catalogues.translations(page).items():
        here, there = facts(chinese), facts(english)
        text_inside = pages.HAN.search("".join(FORMULA.findall(chinese) + CODE.findall(chinese)))
        if here != there and not text_inside:
            changed.append((chinese[:40], +(here - there), +(there - here)))
    assert changed == []


WHOLE = re.compile(r"(?<![A-Za-z0-9_.])(\d+(?:,\d{3})*)(?!\.?\d)( 万| thousand)?")
TIMES = {" 万": "0000", " thousand": "000", "": ""}
HAN_DIGITS = dict(enumerate("二三四五六七八九", 2))
DIGITS = dict(enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine"], 2))
# Said in other words: a hundred, halves, a number of the sentence before.
TOLD_OTHERWISE = {
    "04_momentum_as_ewma": {5},
    "05_from_scratch": {200, 6000},
    "07_why_momentum_works": {10},
    "09_noise_and_seeds": {150},
    "11_other_forms": {25},
    "index": {7},
    "solutions/09_noise_and_seeds": {200},
    "solutions/project": {308, 130_000},
}


def whole_numbers(text):
    """Numbers without a decimal point, wherever they stand."""
    found = WHOLE.findall(text)
    return Counter(int(digits.replace(",", "") + TIMES[more]) for digits, more in found)


def changed_numbers(chinese, english):
    """Whole numbers from 2 that one has and the other has not, in words neither."""
    here, there = whole_numbers(chinese), whole_numbers(english)
    added = [n for n in there - here if HAN_DIGITS.get(n, "none") not in chinese]
    lost = [n for n in here - there if DIGITS.get(n, "none") not in english.lower()]
    return {*added, *lost} - {0, 1}


@pytest.mark.parametrize("page", PAGES)
def test_whole_numbers_are_the_same(page):
    changed = {}
    for chinese, english in catalogues.translations(page).items():
        numbers = changed_numbers(chinese, english) - TOLD_OTHERWISE.get(page, set())
        if numbers:
            changed[chinese[:60]] = numbers
    assert changed == {}


def keys(catalogue, place=""):
    if not isinstance(catalogue, dict):
        return {place: sorted(re.findall(r"\{\w+\}", str(catalogue)))}
    return {k: v for name in catalogue for k, v in keys(catalogue[name], f"{place}/{name}").items()}


CATALOGUES = ["zh.json", *(p.relative_to(LOCALE).as_posix() for p in LOCALE.glob("zh_*/*.json"))]


@pytest.mark.parametrize("name", CATALOGUES)
def test_the_helpers_catalogues_have_the_same_entries(name):
    ours, theirs = (
        json.loads((LOCALE / file).read_text(encoding="utf-8"))
        for file in (name.replace("zh", "en", 1), name)
    )
    assert keys(ours) == keys(theirs)
    assert not pages.HAN.search(json.dumps(ours, ensure_ascii=False))


def test_the_sites_catalogues_have_the_same_entries():
    ours, theirs = (
        json.loads((ROOT / f"docs/locale/words.{language}.json").read_text(encoding="utf-8"))
        for language in ("en", "zh")
    )
    assert ours.keys() == theirs.keys()
    assert not pages.HAN.search(json.dumps({**ours, "twin": ""}, ensure_ascii=False))


def test_paragraphs_keep_formulas_and_code_whole():
    text = "a\n\n$$x\n\n= y$$\n\n```sh\nb\n\nc\n```\n\n> d\n>\n> e"
    parts = ["a", "$$x\n\n= y$$", "```sh\nb\n\nc\n```", "> d\n>\n> e"]
    assert pages.paragraphs(text) == parts


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_a_walk_that_changes_nothing_changes_nothing(page):
    cells = read(edition.source_of(page)).cells
    texts = [pages.translate_cell(cell, lambda text: text).source for cell in cells]
    assert texts == [cell.source.rstrip("\n") for cell in cells]


def test_a_changed_sentence_is_missing_and_named(monkeypatch):
    page = NOTEBOOKS[0]
    place, text = edition.messages(page)[0]
    known = catalogues.translations(page)
    monkeypatch.setattr(catalogues, "translations", lambda _: known | {text: None})
    assert edition.missing(page) == []
    monkeypatch.setattr(
        catalogues, "translations", lambda _: {k: known[k] for k in known if k != text}
    )
    assert edition.missing(page) == [f"{page} {place}: no English, or fuzzy, for {text[:40]!r}"]
