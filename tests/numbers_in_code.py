"""The numbers that code cells and their outputs hold: what a text beside them may state."""

import ast
import re
from typing import NamedTuple

RECORDED = re.compile(r"(?<![A-Za-z0-9_.])[-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?(?![A-Za-z0-9_])")
PAIR = re.compile(r"\((-?[\d.]+), (-?[\d.]+)\)")
# Words of a figure whose numbers nobody reads off it: levels of contours, the ends of an axis.
NOT_SEEN = r"^- contours at .*$|^axes \d+: |(?<= )from \S+ to \S+(?=,| \(log\)|$)"
# Drawing only: no number in these arguments is a result.
STYLE = {"alpha", "color", "figsize", "fontsize", "linewidth", "markersize", "width", "zorder"}
# Names of one thing in code, outputs and text: a text that names it must give one of its values.
ROLES = {
    "eta": "eta", "lr": "eta", "learning_rate": "eta", "学习率": "eta",
    "gamma": "gamma", "momentum": "gamma", "动量": "gamma", "动量超参数": "gamma",
    "kappa": "kappa", "条件数": "kappa", "batch_size": "B", "B": "B", "批量": "B",
    "seed": "seed", "种子": "seed", "epoch": "step", "steps": "step",
}  # fmt: skip
NAME = "|".join(sorted(ROLES, key=len, reverse=True))
STEPS = re.compile(r"([\d、]+) 步|步数：\s*\[([\d, ]+)\]|(\d+) (?:points|steps)")
NAMED = re.compile(rf"\b({NAME})['\"$]*[ :=]{{1,3}}(-?\d+\.?\d*)")


class Known(NamedTuple):
    """What code and its outputs hold: numbers, numbers by role, pairs as written."""

    numbers: set
    by_role: dict
    pairs: set


def parameters_of(code):
    """{function: names of its parameters} of all functions that the notebook defines."""
    trees = [ast.parse(cell.source) for cell in code]
    defined = [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    return {n.name: [a.arg for a in n.args.args] for n in defined}


def known_numbers(cells, parameters):
    known = Known(set(), {}, set())
    for cell in cells:
        _learn_source(known, cell.source, parameters)
        for output in cell.outputs:
            _learn_words(
                known, output.get("text", "") + output.get("data", {}).get("text/plain", "")
            )
    return known


def _learn_words(known, words):
    words = re.sub(NOT_SEEN, "", words, flags=re.MULTILINE)
    numbers = RECORDED.findall(words.replace(",", " "))
    # 6.862e-09 is read as a number and as its mantissa, which stands before a power of ten.
    known.numbers.update(float(part) for x in numbers for part in (x, x.partition("e")[0]))
    known.pairs.update((float(a), float(b)) for a, b in PAIR.findall(words))
    for counts in STEPS.findall(words):
        found = re.findall(r"\d+", " ".join(counts))
        known.by_role.setdefault("step", set()).update(map(float, found))
    for name, value in NAMED.findall(words):
        known.by_role.setdefault(ROLES[name], set()).add(float(value))


def _learn_source(known, source, parameters):
    """Read the numbers of a program, also inside its strings; those of its style aside."""
    tree = ast.parse(source)
    style = [k.value for k in ast.walk(tree) if isinstance(k, ast.keyword) and k.arg in STYLE]
    skipped = {id(node) for value in style for node in ast.walk(value)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        value = _number(node)
        if value is not None:
            known.numbers.add(value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            _learn_words(known, node.value)
        elif isinstance(node, ast.Tuple | ast.List):
            numbers = [_number(x) for x in node.elts]
            if len(numbers) == 2 and None not in numbers:
                known.pairs.add(tuple(numbers))
        for name, number in _named(node, parameters):
            if name in ROLES:
                known.by_role.setdefault(ROLES[name], set()).add(number)


def _number(node):
    """The number that a node of a program is, or None."""
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _named(node, parameters):
    """Yield (name, number) where a program gives a number a name."""
    if isinstance(node, ast.keyword):
        pairs = [(node.arg, node.value)]
    elif isinstance(node, ast.Dict):
        pairs = [
            (k.value, v)
            for k, v in zip(node.keys, node.values, strict=True)
            if isinstance(k, ast.Constant)
        ]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        pairs = list(zip(parameters.get(node.func.id, []), node.args, strict=False))
    elif isinstance(node, ast.For | ast.comprehension) and isinstance(
        node.iter, ast.Tuple | ast.List
    ):
        pairs = [pair for item in node.iter.elts for pair in _matched(node.target, item)]
    elif isinstance(node, ast.Assign):
        pairs = _matched(node.targets[0], node.value)
    else:
        return
    for name, value in pairs:
        if (number := _number(value)) is not None:
            yield name, number


def _matched(target, value):
    if isinstance(target, ast.Name):
        return [(target.id, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple | ast.List):
        return [
            pair for t, v in zip(target.elts, value.elts, strict=False) for pair in _matched(t, v)
        ]
    return []
