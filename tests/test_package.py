"""The package as a whole: what it imports, what it exports, its version."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import d2lzh_pytorch as d2l

ROOT = Path(__file__).resolve().parents[1]


def test_import_pulls_in_nothing_unneeded():
    unneeded = ["IPython", "matplotlib_inline", "torchvision", "torchtext", "scipy"]
    code = f"import sys, d2lzh_pytorch; print([m for m in {unneeded} if m in sys.modules])"
    run = [sys.executable, "-c", code]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "[]\n"


DATA = ["features", "labels", "batch_size", "num_epochs"]
PUBLISHED = {
    "get_data_ch7": [],
    "train_2d": ["trainer"],
    "show_trace_2d": ["f", "results"],
    "linreg": ["X", "w", "b"],
    "squared_loss": ["y_hat", "y"],
    "train_ch7": ["optimizer_fn", "states", "hyperparams", *DATA],
    "train_pytorch_ch7": ["optimizer_fn", "optimizer_hyperparams", *DATA],
    "set_figsize": ["figsize"],
    "use_svg_display": [],
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_signatures(name):
    parameters = inspect.signature(getattr(d2l, name)).parameters.values()
    positional = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == PUBLISHED[name]
    defaults = {p.name: p.default for p in parameters if p.name in ("batch_size", "num_epochs")}
    assert defaults in ({}, {"batch_size": 10, "num_epochs": 2})


def test_all_is_what_is_there():
    assert d2l.plt.subplots
    assert d2l.__all__ == sorted(d2l.__all__)
    for name in d2l.__all__:
        assert inspect.getdoc(getattr(d2l, name)), name


@pytest.mark.parametrize(
    "path", sorted((ROOT / "d2lzh_pytorch").glob("*.py")), ids=lambda p: p.name
)
def test_rooms_are_small_and_english(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 130
    assert text.isascii()


def test_the_version_is_the_same_everywhere():
    for name in ("CITATION.cff", "CHANGELOG.md"):
        assert re.search(
            rf"\b{re.escape(d2l.__version__)}\b", (ROOT / name).read_text(encoding="utf-8")
        ), name
