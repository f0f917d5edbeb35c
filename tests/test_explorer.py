"""The interactive figure as Python makes it; what happens in the browser is in tests/browser."""

import gzip
import json
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib as mpl
import nbformat
import numpy as np
import pytest
from messages import told
from reference import TARGET, reference

import d2lzh_pytorch as d2l
from d2lzh_pytorch import theory
from d2lzh_pytorch.explorer.script import SCRIPTS, script
from d2lzh_pytorch.locale import catalogue

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "d2lzh_pytorch" / "explorer"
ROOMS = {path.stem: path.read_text(encoding="utf-8") for path in HOUSE.glob("*.mjs")}
SCRIPT = script()


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
    assert host["lang"] == "zh-CN"
    assert json.loads(page("b").first("div")["data-settings"])["initial"] == {
        "eta": 0.6, "gamma": 0.5, "kappa": 20, "x1": -5, "x2": -2, "steps": 20, "compare": False,
    }  # fmt: skip
    assert "JavaScript" in got.text
    assert "JupyterLab" in got.text


def test_limits_axes_and_texts_are_handed_over():
    given = json.loads(page("a").first("div")["data-settings"])
    assert sorted(given) == ["axes", "initial", "limits", "texts"]
    assert given["limits"]["eta"] == [0.001, 1]
    assert given["axes"]["x1"] == {"range": [-6, 4], "ticks": [-6, -4, -2, 0, 2, 4]}
    for name, axis in given["axes"].items():
        low, high = axis["range"]
        assert (axis["ticks"][0], axis["ticks"][-1]) == (low, high), name
        steps = np.diff(axis["ticks"])
        assert steps == pytest.approx([steps[0]] * len(steps)), name
        assert steps[0] > 0, name
        bounds = given["limits"].get(name, axis["range"])
        assert low <= bounds[0] < bounds[1] <= high, name

    assert given["texts"] == catalogue()["figure"]


def test_the_still_figure_is_a_picture_with_words():
    made = d2l.explore_momentum("a", eta=0.4, gamma=0.5, compare=True)
    image = Page(made.html).first("img")
    kind, svg = image["src"].split(",", 1)
    assert kind == "data:image/svg+xml"
    root = ElementTree.fromstring(unquote(svg))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "<dc:date>" not in unquote(svg)
    assert image["alt"] == (
        "静态图：碗的等高线和走过的轨迹。学习率 0.4，动量超参数 0.5，条件数 20，"
        "从 (-5, -2) 出发，走 20 步，到达 (-0.0628435, 0.00120234)。"
    )
    # The picture is the element alone, without the lines that open a file; 72 points an inch.
    assert unquote(svg).startswith("<svg ")
    assert (root.get("width"), root.get("height")) == ("396pt", "230.4pt")
    assert made.words.splitlines()[0] == (
        r"axes 1: $x_1$ from -5.5 to 1, $x_2$ from -3 to 3, '$\eta$ = 0.4, $\kappa$ = 20'"
    )
    assert "- line 'GD': 21 points, (-5, -2) to (-0.943, -7.31e-05)" in made.words
    assert "(-5, -2) to (-0.0628, 0.0012)" in made.words


def test_the_contours_are_those_of_the_bowl():
    """f = (0.8 x1^2 + 4 x2^2) / 2 is 30.1 in the far corners; ten levels, even in its root."""
    words = d2l.explore_momentum("a", eta=0.1, gamma=0, kappa=5).words
    levels = [float(x) for x in re.search(r"contours at (.*)", words)[1].split(", ")]
    assert levels == pytest.approx([30.1 * (i / 11) ** 2 for i in range(1, 11)], rel=0.01)


@pytest.mark.parametrize(
    ("gamma", "compare", "labels"),
    [
        (0, False, ["GD"]),
        (0, True, ["GD"]),
        (0.25, False, [r"momentum, $\gamma$ = 0.25"]),
        (0.25, True, ["GD", r"momentum, $\gamma$ = 0.25"]),
    ],
)
def test_the_runs_that_the_still_figure_shows(gamma, compare, labels):
    """Gradient descent multiplies x1 by 1 - 0.3 * 0.8 and x2 by 1 - 0.3 * 4 at each step."""
    settings = {"eta": 0.3, "kappa": 5, "start": (1, -1.5), "steps": 7}
    words = d2l.explore_momentum("a", gamma=gamma, compare=compare, **settings).words
    assert re.findall(r"line '(.*)':", words) == labels
    ends = f"({0.76**7:.3g}, {1.5 * 0.2**7:.3g})"
    assert (f"line 'GD': 8 points, (1, -1.5) to {ends}" in words) == ("GD" in labels)


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


RANGE = "the reader's own controls end there, so choose a value in this range"
ETA = "eta must be a number between 0.001 and 1, got"
OUT_OF_RANGE = [
    ({"eta": 0}, ValueError, f"eta must be between 0.001 and 1, got 0; {RANGE}"),
    ({"eta": 1.01}, ValueError, f"eta must be between 0.001 and 1, got 1.01; {RANGE}"),
    ({"eta": "0.4"}, TypeError, f"{ETA} '0.4'; pass a plain number such as 1"),
    ({"eta": float("nan")}, ValueError, f"eta must be between 0.001 and 1, got nan; {RANGE}"),
    ({"gamma": 1}, ValueError, f"gamma must be between 0 and 0.99, got 1; {RANGE}"),
    ({"gamma": -0.1}, ValueError, f"gamma must be between 0 and 0.99, got -0.1; {RANGE}"),
    (
        {"gamma": True},
        TypeError,
        "gamma must be a number between 0 and 0.99, got True; pass a plain number such as 0.99",
    ),
    ({"kappa": 0.5}, ValueError, f"kappa must be between 1 and 1000, got 0.5; {RANGE}"),
    ({"kappa": 1001}, ValueError, f"kappa must be between 1 and 1000, got 1001; {RANGE}"),
    (
        {"steps": 301},
        ValueError,
        "steps must be between 1 and 300, got 301; pass a number in this range",
    ),
    (
        {"steps": 2.0},
        TypeError,
        "steps must be an integer between 1 and 300, got 2.0; "
        "pass a whole number without a decimal point",
    ),
    (
        {"start": (1,)},
        TypeError,
        "start must be a pair of numbers (x1, x2), got (1,); pass two numbers such as (-5, -2)",
    ),
    ({"start": (5, 0)}, ValueError, f"x1 must be between -6 and 4, got 5.0; {RANGE}"),
    ({"start": (0, -4)}, ValueError, f"x2 must be between -3 and 3, got -4.0; {RANGE}"),
]


@pytest.mark.parametrize(("settings", "error", "message"), OUT_OF_RANGE)
def test_settings_out_of_range(settings, error, message):
    told(error, message, d2l.explore_momentum, "a", **settings)


LEAST = {"eta": 0.001, "gamma": 0, "kappa": 1, "start": (-6, -3), "steps": 1}
MOST = {"eta": 1, "gamma": 0.99, "kappa": 1000, "start": (4, 3), "steps": 300}


@pytest.mark.parametrize("settings", [LEAST, MOST])
def test_the_limits_themselves_are_allowed(settings):
    initial = json.loads(page("a", **settings).first("div")["data-settings"])["initial"]
    x1, x2 = settings["start"]
    expected = {**settings, "x1": x1, "x2": x2, "compare": False}
    del expected["start"]
    assert initial == expected


@pytest.mark.parametrize("name", ["", "Two", "a b", "1st", "a_b", None, 'x"y'])
def test_names_that_make_no_id(name):
    remedy = "use lower-case letters, digits and hyphens, such as 'first-try'"
    message = f"name must identify the figure on its page, got {name!r}; {remedy}"
    told(ValueError, message, d2l.explore_momentum, name)


def test_divergence_is_drawn_and_no_error():
    made = d2l.explore_momentum("a", eta=1, gamma=0, steps=300)
    assert "300 of 301 points outside" in made.words


def test_the_script_is_alone_and_safe_inside_a_page():
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|\bimport\b|fetch|XMLHttp", SCRIPT)
    assert not re.search(r"^export|</script|<!--|\$\$", SCRIPT, flags=re.IGNORECASE | re.MULTILINE)
    assert SCRIPT in d2l.explore_momentum("a").html


def test_the_script_leaves_behind_what_only_its_readers_need():
    """No indents, comments or empty lines; one function, strict, that starts with the style."""
    first, second, *body, _, start, last = SCRIPT.splitlines()
    assert [line for line in body if not line or line.startswith((" ", "//"))] == []
    assert (first, second, last) == ("(() => {", '"use strict";', "})();")
    given = re.fullmatch(
        r"explore\(document\.currentScript\.previousElementSibling, (.*)\);", start
    )
    style = json.loads(given[1])
    css = (HOUSE / "style.css").read_text(encoding="utf-8")
    assert "/*" in css
    assert not re.search(r"/\*|\*/|\n|\s{4}", style)
    assert style.split() == re.sub(r"/\*.*?\*/", " ", css).split()


def test_a_figure_adds_at_most_14_kb_to_a_page():
    longest = d2l.explore_momentum("a", eta=2 / 3, gamma=1 / 3, kappa=1000 / 3, compare=True).html
    without_picture = re.sub(r'src="data:[^"]*"', "", longest)
    assert 10_000 < len(gzip.compress(without_picture.encode())) <= 14_000


def test_every_room_is_joined_in_the_order_of_its_needs():
    assert sorted(SCRIPTS) == sorted(ROOMS)
    for name, text in ROOMS.items():
        before = SCRIPTS[: SCRIPTS.index(name)]
        needed = re.findall(r'^import [^;]*from "\./(\w+)\.mjs";$', text, flags=re.MULTILINE)
        assert text.count("import ") == len(needed)
        assert set(needed) <= set(before), name


def test_joined_in_one_function_no_two_rooms_share_a_name():
    bound = re.compile(r"^(?:export )?(?:const|let|function) (\w+)", flags=re.MULTILINE)
    names = [name for text in ROOMS.values() for name in bound.findall(text)]
    assert len(names) > 50
    assert [name for name in names if names.count(name) > 1] == []


def test_rooms_are_small():
    for path in HOUSE.iterdir():
        if path.is_file():
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 150, path.name


def test_no_text_for_readers_outside_the_catalogue():
    for name, text in {**ROOMS, "html": (HOUSE / "figure.html").read_text("utf-8")}.items():
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", text), name


def test_every_text_of_the_catalogue_is_used_and_none_is_missing():
    texts = set(catalogue()["figure"])
    code = "\n".join(ROOMS.values())
    used = set(re.findall(r"\btexts\.(\w+)", code))
    assert used <= texts
    # The others are chosen by name, or by a name and its family.
    words = set(re.findall(r"\w+", code))
    families = ("key", "preset", "diverging", "marginal")
    chosen = {t for t in texts if t in words}
    chosen |= {
        t for t in texts for f in families if t.startswith(f"{f}_") and t[len(f) + 1 :] in words
    }
    assert texts <= used | chosen


def test_motions_have_the_names_of_the_theory():
    named = theory.regime([0, 9, 1, 0.1, 1, 2.4], [0.5, 0.5, 0, 0.25, 0.25, 0.25], 1)
    assert set(catalogue()["figure"]["motions"]) == set(named.tolist())
    assert len(set(named.tolist())) == 6


def test_the_package_works_from_a_zip(tmp_path):
    """Import, and make a figure, where there are no files to open."""
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted((ROOT / "d2lzh_pytorch").rglob("*")):
            if "__pycache__" not in path.parts:
                packed.write(path, path.relative_to(ROOT))
    code = (
        f"import sys; sys.path.insert(0, {str(archive)!r})\n"
        "from d2lzh_pytorch.explorer import explore_momentum, __file__\n"
        "print('all.zip' in __file__, len(explore_momentum('a').html))"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.stdout.split() == ["True", str(len(d2l.explore_momentum("a").html))], done.stderr


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
