"""The package as a whole: what it imports, what it exports, its version."""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import d2lzh_pytorch as d2l

ROOT = Path(__file__).resolve().parents[1]


def sources(folder):
    """Python files of ours: what tools install or make is not."""
    return sorted(p for p in folder.rglob("*.py") if "node_modules" not in p.parts)


def long_functions(source):
    """Functions of more than 40 lines, their docstrings not counted."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        first = node.body[0]
        words = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) else 0
        lines = node.end_lineno - node.lineno + 1 - words
        if lines > 40:
            found.append(f"{node.name}: {lines} lines")
    return found


def crowded_lines(source):
    """Lines that assign more than once: several statements, targets, or values side by side."""
    found = []
    lines = source.splitlines()
    statements = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.stmt)]
    starts = [(n.lineno, n.end_lineno) for n in statements if not hasattr(n, "body")]
    for node in statements:
        if not isinstance(node, ast.Assign):
            continue
        several = len(node.targets) > 1 or sum(a <= node.lineno <= b for a, b in starts) > 1
        if several or _side_by_side(node):
            found.append(f"line {node.lineno}: {lines[node.lineno - 1].strip()}")
    return sorted(set(found))


def _side_by_side(node):
    """Whether a tuple of values goes to a tuple of names; a swap, which needs it, is none."""
    target = node.targets[0]
    if not (isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)):
        return False
    read = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
    return not {n.id for n in ast.walk(target) if isinstance(n, ast.Name)} & read


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


HELPER = sorted((ROOT / "d2lzh_pytorch").rglob("*.py"))
CODE = [
    *HELPER,
    *(path for folder in ("tests", "docs", "benchmarks", ".ci") for path in sources(ROOT / folder)),
]


def names(paths):
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", HELPER, ids=names(HELPER))
def test_the_helper_is_english(path):
    assert path.read_text(encoding="utf-8").isascii()


@pytest.mark.parametrize("path", CODE, ids=names(CODE))
def test_functions_are_small(path):
    assert long_functions(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", HELPER, ids=names(HELPER))
def test_one_assignment_a_line(path):
    assert crowded_lines(path.read_text(encoding="utf-8")) == []


def test_what_is_bounded_is_seen():
    """A docstring does not count, a decorator and a nested function do; swaps are one thought."""
    body = "\n".join(f"    x{i} = {i}" for i in range(39))
    assert long_functions(f'def f():\n    """A\nB\nC"""\n{body}') == []
    assert long_functions(f"def f():\n{body}\n    return x0") == ["f: 41 lines"]
    assert crowded_lines("a, b = 1, 2") == ["line 1: a, b = 1, 2"]
    assert crowded_lines("a = 1; b = 2") == ["line 1: a = 1; b = 2"]
    assert crowded_lines("a = b = 1") == ["line 1: a = b = 1"]
    assert crowded_lines("a, b = b, a\nfor a, b in c:\n    a, b = f()") == []


def public_functions():
    """{name: function} of all functions that a client may call, those of theory included."""
    pairs = {name: getattr(d2l, name) for name in d2l.__all__}
    theory = {f"theory.{name}": f for name, f in vars(d2l.theory).items() if name[0] != "_"}
    here = [(name, f) for name, f in (pairs | theory).items() if inspect.isfunction(f)]
    return {name: f for name, f in here if f.__module__.startswith("d2lzh_pytorch")}


PUBLIC = public_functions()


@pytest.mark.parametrize("name", PUBLIC)
def test_public_functions_have_hints_and_an_example(name):
    """That the hints are right is for mypy, that the examples are is for doctest: both run."""
    signature = inspect.signature(PUBLIC[name])
    bare = [p.name for p in signature.parameters.values() if p.annotation is p.empty]
    assert bare == []
    assert signature.return_annotation is not signature.empty
    assert ">>> " in inspect.getdoc(PUBLIC[name])
    assert f"{name.rpartition('.')[2]}(" in inspect.getdoc(PUBLIC[name]).partition(">>> ")[2]


def test_the_version_is_the_same_everywhere():
    for name in ("CITATION.cff", "CHANGELOG.md"):
        assert re.search(
            rf"\b{re.escape(d2l.__version__)}\b", (ROOT / name).read_text(encoding="utf-8")
        ), name
