"""Anchors written in notebooks are targets on the site, and headings have ids one can read."""

import re
import subprocess
import sys

import nbformat
import pytest
from book import ROOT

pytestmark = pytest.mark.xdist_group("anchors")  # the page is built once

CELLS = [
    (
        "markdown",
        "# 甲\n\n[图 1-1](#fig-1-1)、[表 1-1](#tab-1-1)、[式 (1.1)](#eq-1-1)、[注](#fig-note)",
    ),
    ("code", "print(1)"),
    ("markdown", '<a id="fig-1-1"></a>**图 1-1** 图的说明。'),
    ("code", "print(1)"),
    ("markdown", '<a id="tab-1-1"></a>**表 1-1** 表的说明。\n\n| a | b |\n|:--|:--|\n| 1 | 2 |'),
    ("markdown", '<a id="eq-1-1"></a>\n$$\nx = 1 \\tag{1.1}\n$$'),
    ("markdown", '行中的<a id="fig-note"></a>**图 1-1**，不是说明。'),
    ("markdown", "## 小结\n\n### 三级\n\n[去小结](#小结)、[去三级](b.md#三级)\n\n## 小结"),
    ("markdown", "## 从 $\\kappa$ 到 $\\sqrt{\\mathrm{e}}$\n\n[去那里](#从--到-)"),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The page that Sphinx makes of ``CELLS`` with our settings, warnings as errors."""
    folder = tmp_path_factory.mktemp("anchors")
    new = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    cells = [new[kind](source) for kind, source in CELLS]
    for cell in cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", text="1\n")]
    language = {"language_info": {"name": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=language)
    nbformat.write(notebook, folder / "a.ipynb")
    other = "# 乙\n\n## 二级\n\n### 三级\n\n[图 1-1](#fig-1-1)\n"
    (folder / "b.md").write_text(other, encoding="utf-8")
    (folder / "toc.yml").write_text("root: a\nentries:\n  - file: b\n", encoding="utf-8")
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "-c", ROOT / "docs"]
    build += ["-D", f"external_toc_path={folder / 'toc.yml'}", folder, folder / "out"]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return (folder / "out" / "a.html").read_text(encoding="utf-8")


def opening_tag(page, name):
    """The one tag that has this id."""
    (tag,) = re.findall(rf'<[^<>]* id="{name}"[^<>]*>', page)
    return tag


@pytest.mark.parametrize("name", ["fig-1-1", "tab-1-1", "eq-1-1", "fig-note"])
def test_a_link_lands_on_its_anchor(page, name):
    assert f'href="#{name}"' in page
    assert opening_tag(page, name)


def test_a_link_to_a_figure_lands_on_the_output_above_its_caption(page):
    assert "cell_output" in opening_tag(page, "fig-1-1")
    assert '<p class="caption"><strong>图 1-1</strong>' in page


def test_a_table_lands_on_its_caption_and_a_formula_on_itself(page):
    assert opening_tag(page, "tab-1-1") == '<p class="caption" id="tab-1-1">'
    assert opening_tag(page, "eq-1-1").startswith('<div class="equation')
    assert re.search(r'id="eq-1-1">\s*<div class="math', page)
    assert "<p></p>" not in page


def test_an_anchor_in_a_sentence_is_no_caption(page):
    assert '<p>行中的<span class="target" id="fig-note"></span>' in page


def test_the_first_id_of_a_heading_is_its_text(page):
    ids = re.findall(r'<section[^<>]* id="([^"]*)"', page)
    assert ids == ["甲", "小结", "三级", "小结-1", "从-kappa-到-sqrt-e"]
    assert 'href="#小结">去小结' in re.sub(r'<span class="[^"]*">', "", page)


def test_ids_that_were_first_before_still_work(page):
    assert opening_tag(page, "id2") == '<span id="id2">'
    assert opening_tag(page, "从--到-") == '<span id="从--到-">'
