"""Figures in a real kernel: other people's look as ever, and the words reach the PNG."""

import base64
import io

import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image
from snippets import SNIPPETS

IMPORTS = """import numpy as np, pandas as pd
import matplotlib as mpl
from matplotlib import pyplot as plt"""
CALLS = """import d2lzh_pytorch as d2l
run = d2l.History(None, None, [0, 1, 2], [0.5, 0.3, 0.25], 0.1, None)
before = dict(mpl.rcParams)
d2l.show_loss(run)
plt.figure()
d2l.show_trace_2d(lambda x1, x2: x1**2 + x2**2, [(-5, -2), (0, 0)])
words = d2l.describe(plt.gcf())
plt.close("all")"""
UNCHANGED = "print(dict(mpl.rcParams) == before)"
OURS = "d2l.show_loss(run)\nprint(d2l.describe(plt.gcf()))"


def notebook():
    """Each snippet three times: without d2l, after calls of d2l, and after its style is on."""
    snippets = list(SNIPPETS.values())
    calm = [*snippets, CALLS, UNCHANGED, *snippets]
    styled = ["d2l.set_figsize()", *snippets, OURS]
    cells = [nbformat.v4.new_code_cell(source) for source in [IMPORTS, *calm, *styled]]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def outputs():
    """Run it all in one kernel: {stage: [outputs of each cell]}."""
    ran = NotebookClient(notebook(), kernel_name="python3", allow_errors=True).execute()
    cells = [cell.outputs for cell in ran.cells[1:]]
    n = len(SNIPPETS)
    return {
        "without": cells[:n],
        "calls": cells[n],
        "unchanged": cells[n + 1],
        "after calls": cells[n + 2 : 2 * n + 2],
        "styled": cells[2 * n + 3 : 3 * n + 3],
        "ours": cells[-1],
    }


def shown(cell):
    """What a reader sees, without the counts and addresses that differ anyway."""
    kept = []
    for output in cell:
        data = dict(output.get("data", {}))
        if output.output_type == "execute_result":
            data.pop("text/plain")
        kept.append((output.output_type, output.get("name"), data))
    return kept


def complaints(cell):
    return [o for o in cell if o.output_type == "error" or o.get("name") == "stderr"]


def test_calls_of_d2l_change_nothing(outputs):
    assert outputs["calls"] == []
    assert outputs["unchanged"][0].text == "True\n"


@pytest.mark.parametrize("index", range(len(SNIPPETS)), ids=SNIPPETS)
def test_other_peoples_figures_look_and_print_as_ever(index, outputs):
    without = outputs["without"][index]
    assert complaints(without) == [], "the snippet itself is at fault"
    assert without, "nothing was shown"
    assert shown(outputs["after calls"][index]) == shown(without)


@pytest.mark.parametrize("index", range(len(SNIPPETS)), ids=SNIPPETS)
def test_other_peoples_figures_in_our_style_raise_nothing(index, outputs):
    cell = outputs["styled"][index]
    assert complaints(cell) == []
    pictures = [o for o in outputs["without"][index] if "image/png" in o.get("data", {})]
    styled = [o for o in cell if {"image/png", "image/svg+xml"} <= o.get("data", {}).keys()]
    assert len(styled) == len(pictures)
    for output in styled:
        assert output.data["text/plain"].startswith("axes 1: ")


def test_the_words_stand_in_the_png(outputs):
    printed, picture = outputs["ours"]
    png = Image.open(io.BytesIO(base64.b64decode(picture.data["image/png"])))
    assert png.text["Description"] == picture.data["text/plain"] == printed.text.rstrip("\n")
    assert png.text["Description"].startswith("axes 1: epoch from -0.1 to 2.1, loss from ")
    assert "<dc:date>" not in picture.data["image/svg+xml"]
