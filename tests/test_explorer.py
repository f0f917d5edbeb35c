"""The interactive figure as Python makes it; what happens in the browser is in tests/browser."""

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib as mpl
import nbformat
import numpy as np
import pytest

import d2lzh_pytorch as d2l

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "js"))
from reference import TARGET, reference  # noqa: E402

SCRIPT = (ROOT / "d2lzh_pytorch" / "explorer.js").read_text(encoding="utf-8")


class Page(HTMLParser):
    """Tags with their attributes, and the text outside scripts."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self.open = [], "", []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.open += [tag] if tag != "img" else []

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data if "script" not in self.open else ""

    def first(self, tag):
        return next(attributes for name, attributes in self.tags if name == tag)


def page(*args, **settings):
    return Page(d2l.explore_momentum(*args, **settings).html)


def test_node_tests_compare_with_what_python_computes_today():
    assert json.loads(TARGET.read_text(encoding="utf-8")) == reference()


def test_html_is_a_host_a_still_figure_a_hint_and_the_script():
    got = page("first-try", eta=0.4, gamma=0.5)
    assert [tag for tag, _ in got.tags] == ["div", "img", "p", "script"]
    assert got.open == []
    host = got.first("div")
    assert host["id"] == "explorer-first-try"
    assert json.loads(host["data-settings"])["initial"] == {
        "eta": 0.4, "gamma": 0.5, "kappa": 20, "x1": -5, "x2": -2, "steps": 20, "compare": False,
    }  # fmt: skip
    assert "JavaScript" in got.text
    assert "JupyterLab" in got.text


def test_the_still_figure_is_a_picture_with_words():
    made = d2l.explore_momentum("a", eta=0.4, gamma=0.5, compare=True)
    image = Page(made.html).first("img")
    kind, svg = image["src"].split(",", 1)
    assert kind == "data:image/svg+xml"
    root = ElementTree.fromstring(unquote(svg))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "<dc:date>" not in unquote(svg)
    for part in ("0.4", "0.5", "20", "(-5, -2)", "(-0.0628435, 0.00120234)"):
        assert part in image["alt"], part
    assert len(re.findall(r"[\u3400-\u9fff]", image["alt"])) >= 20
    lines = made.words.splitlines()
    assert lines[0].startswith("axes 1: ")
    assert "- line 'GD': 21 points, (-5, -2) to (-0.943, -7.31e-05)" in made.words
    assert "(-5, -2) to (-0.0628, 0.0012)" in made.words


def test_a_notebook_shows_html_and_words():
    made = d2l.explore_momentum("a")
    bundle = made._repr_mimebundle_()
    assert bundle == {"text/html": made.html, "text/plain": made.words}


def test_the_same_call_gives_the_same_bytes_whatever_the_style():
    before = d2l.explore_momentum("a", eta=0.3)
    with mpl.rc_context({"font.size": 20, "svg.hashsalt": "other", "lines.linewidth": 9}):
        assert d2l.explore_momentum("a", eta=0.3) == before
    assert d2l.explore_momentum("b", eta=0.3) != before


def test_nothing_of_the_notebook_changes():
    figures, style = d2l.plt.get_fignums(), dict(mpl.rcParams)
    d2l.explore_momentum("a")
    assert d2l.plt.get_fignums() == figures
    assert dict(mpl.rcParams) == style


def test_settings_keep_every_bit():
    host = page("a", eta=np.float64(2) / 3, gamma=0.1 + 0.2).first("div")
    initial = json.loads(host["data-settings"])["initial"]
    assert (initial["eta"], initial["gamma"]) == (2 / 3, 0.1 + 0.2)


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"eta": 0}, ValueError, "eta must be between 0.001 and 1, got 0"),
        ({"eta": 1.01}, ValueError, "eta must be between 0.001 and 1, got 1.01"),
        ({"eta": "0.4"}, TypeError, "eta must be a number between 0.001 and 1, got '0.4'"),
        ({"eta": float("nan")}, ValueError, "eta must be between 0.001 and 1, got nan"),
        ({"gamma": 1}, ValueError, "gamma must be between 0 and 0.99, got 1"),
        ({"gamma": True}, TypeError, "gamma must be a number between 0 and 0.99, got True"),
        ({"kappa": 0.5}, ValueError, "kappa must be between 1 and 1000, got 0.5"),
        ({"steps": 301}, ValueError, "steps must be between 1 and 300, got 301"),
        ({"steps": 2.0}, TypeError, "steps must be an integer between 1 and 300, got 2.0"),
        ({"start": (1,)}, TypeError, r"start must be a pair of numbers \(x1, x2\), got \(1,\)"),
        ({"start": (5, 0)}, ValueError, "x1 must be between -6 and 4, got 5"),
        ({"start": (0, -4)}, ValueError, "x2 must be between -3 and 3, got -4"),
    ],
)
def test_settings_out_of_range(settings, error, words):
    with pytest.raises(error, match=words):
        d2l.explore_momentum("a", **settings)


@pytest.mark.parametrize("name", ["", "Two", "a b", "1st", "a_b", None, 'x"y'])
def test_names_that_make_no_id(name):
    with pytest.raises(ValueError, match="name must identify the figure on its page, got"):
        d2l.explore_momentum(name)


def test_divergence_is_drawn_and_no_error():
    made = d2l.explore_momentum("a", eta=1, gamma=0, steps=300)
    assert "300 of 301 points outside" in made.words


def test_the_script_is_small_alone_and_safe_inside_a_page():
    assert len(SCRIPT.encode()) < 30_000
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|\bimport\b|fetch|XMLHttp", SCRIPT)
    assert not re.search(r"</script|<!--|\$\$", SCRIPT, flags=re.IGNORECASE)
    assert SCRIPT in d2l.explore_momentum("a").html


def test_three_notebooks_carry_it_as_it_is_now():
    found = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            htmls = [o.get("data", {}).get("text/html", "") for o in cell.get("outputs", [])]
            for html in htmls:
                if "<script" in html:
                    assert "explore_momentum(" in cell.source
                    assert SCRIPT in html
                    found.setdefault(path.stem, []).append(Page(html).first("div")["id"])
    assert [name[:2] for name in found] == ["01", "02", "07"]
    for ids in found.values():
        assert len(ids) == len(set(ids))
