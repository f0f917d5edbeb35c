"""Every recorded notebook is clean: executed once, in order, with every picture."""

import re
from pathlib import Path

import nbformat
import pytest
from captions import references_elsewhere, targets
from hygiene import operators_below, problems

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOLUTIONS = sorted((ROOT / "notebooks" / "solutions").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]
SOLVED = [f"solutions/{path.stem}" for path in SOLUTIONS]

# Computed independently, or read from the published chapter: each must stand in the outputs.
FACTS = {
    "01_gradient_descent_problem": [
        "epoch 20, x1 -0.943467, x2 -0.000073", "epoch 20, x1 -0.387814, x2 -1673.365109",
        "0.476190", "0.904762", "139 步", "165 步", "x1 每步乘以 0.92", "x2 每步乘以 -0.60",
        "x1 每步乘以 0.88", "x2 每步乘以 -1.40", "0.08901", "0.1917", "第 43 步", "13816 步",
        "走到 0.000000, 0.000000",
    ],
    "02_momentum_traces": [
        "epoch 20, x1 -0.943467, x2 -0.000073", "epoch 20, x1 -0.062843, x2 0.001202",
        "epoch 20, x1 0.007188, x2 0.002553", "0.920000，陡的 0.600000", "0.880000，陡的 1.400000",
        "0.774031，陡的 0.707107", "0.707107，陡的 0.707107", "165 步", "139 步", "57 步", "39 步",
        "0.400 0.568 0.607 0.577 0.517 0.445", "0.49 → 0.70", "-1.00 → -0.23", "|x2| = 6\n",
        "gamma 从 0.070 起", "gamma 从 0.514 起",
    ],
    "03_ewma": [
        "0.3585", "0.3679", "0.7500", "0.6513", "0.6415", "0.6321", "29 项", "59 项", "299 项",
        "0.3333", "0.0526", "0.0256", "落后 9.0000", "0.9961",
    ],
    "04_momentum_as_ewma": [
        "第 12 步", "+0.036", "6.513", "x1 ------------++++++++", "占全部权重的 75%", "0.0101",
        "0.1005",
    ],
    "05_from_scratch": [
        "0.241688", "12.082", "[0.1737 0.6665 0.9181 1.     1.1262 2.0985]", "0.244019",
        "稳定上限 1.81",
    ],
    "06_concise": [
        "0.245518", "0.252046", "0.242905", "0.253280", "0.247369", "0.283397", "0.242619",
        "epoch 20, x1 -0.062843, x2 0.001202",
    ],
    "07_why_momentum_works": [
        "0.476190", "0.904762", "0.667907", "0.402605", "0.634512", "0.774031", "0.707107",
        "0.776", "要 31 步", "139 步", "38 步", "165 步", "57 步", "39 步", "Chebyshev，32 步",
    ],
    "08_what_rates_hide": [
        "10.50, 24.23, 24.85, 18.91", "2.37 倍", "135 倍", "1353 倍", "1.72", "11.64", "36.79",
        "1.65", "11.63", "1.158e-04", "1.820e-05", "(0.632, 0.440)：3.554e-06, 6.862e-09",
        "38 步，是 1.25 倍", "219 步", "是 1.48 倍", "是 1.83 倍", "0.667907, 0.402605", "463 个",
        "0.9451, -2.1389, 2.3339", "-1.8024, 2.1159, 0.6465", "[0.0878 1.    ]", "1442 倍",
        "最优 1022 步", "梯度下降 69078 步",
    ],
    "09_noise_and_seeds": [
        "0.24496", "0.25802", "0.24494", "0.241688", "0.0101", "0.1005", "0.000024",
    ],
    "10_exact_mean_loss": [
        "0.241688", "0.24516", "0.25938", "0.24511", "0.24501", "0.24499", "0.24496", "0.25802",
        "0.24494", "2.27 倍", "1.44 倍", "1.12 倍", "1.06 倍", "1.04 倍", "0.2241",
        "公式说 0.690 倍", "0.253280", "0.994468", "0.2434", "跳高 0.0099",
    ],
    "11_other_forms": [
        "0.0193", "0.0072", "0.667907", "0.402605", "0.634512", "0.743926", "99.8%", "96%",
        "-1.8024, 2.1159, 0.6465", "0.909091", "0.990099",
    ],
    "12_real_networks": [
        "线在 5.00", "线在 10.00", "线在 15.00", "线在 14.40", "线在 12.67", "线在 7.50",
    ],
    "solutions/project": [
        "22 × 14 = 308", "条件数 633071", "条件数 19944", "条件数 226\n", "0.634 到 0.662",
        "[0.0075 0.8131 1.     1.     1.0004 1.4819 1.697 ]", "1561、104 步", "1342、112 步",
        "条件数 2.9，下限 0.171269", "条件数 18964.3，下限 0.007559", "条件数 255.6，下限 0.007559",
    ],
}  # fmt: skip


def code_cells(path):
    cells = nbformat.read(path, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def test_there_are_notebooks():
    assert {"index", "project", *FACTS} <= {*NAMES, *SOLVED}


@pytest.mark.parametrize("path", [*NOTEBOOKS, *SOLUTIONS], ids=[*NAMES, *SOLVED])
def test_hygiene(path):
    name = path.relative_to(ROOT).as_posix()
    mend = f"mend the notebook; after a change of code: make run NOTEBOOKS={name}"
    assert problems(path) == [], mend


@pytest.mark.parametrize("name", FACTS)
def test_facts_stand_in_the_outputs(name):
    path = ROOT / "notebooks" / f"{name}.ipynb"
    outputs = [output for cell in code_cells(path) for output in cell.outputs]
    text = "\n".join(o.get("text", "") + o.get("data", {}).get("text/plain", "") for o in outputs)
    assert [fact for fact in FACTS[name] if fact not in text] == []


PUBLISHED_NAMES = {
    "01_gradient_descent_problem": ["f_2d", "gd_2d"],
    "02_momentum_traces": ["f_2d", "momentum_2d"],
    "05_from_scratch": ["init_momentum_states", "sgd_momentum"],
    "06_concise": ["sgd_momentum"],
}


@pytest.mark.parametrize("name", PUBLISHED_NAMES)
def test_published_names_stay(name):
    (path,) = (p for p in NOTEBOOKS if p.stem == name)
    source = "\n".join(cell.source for cell in code_cells(path))
    for function in PUBLISHED_NAMES[name]:
        assert re.search(rf"^def {function}\(", source, flags=re.MULTILINE)


def test_readme_shows_the_recorded_figure():
    cells = nbformat.read(ROOT / "notebooks" / "index.ipynb", as_version=4).cells
    svg = [o.data["image/svg+xml"] for c in cells for o in c.get("outputs", []) if "data" in o]
    assert svg == [(ROOT / "docs" / "traces.svg").read_text(encoding="utf-8")]
    for readme in ("README.md", "README.en.md"):
        assert "](docs/traces.svg)" in (ROOT / readme).read_text(encoding="utf-8")


def test_figures_and_formulas_of_other_pages_are_there():
    every = [*NOTEBOOKS, *SOLUTIONS]
    notebooks = {path: nbformat.read(path, as_version=4) for path in every}
    missing = [
        (path.name, page, anchor)
        for path, notebook in notebooks.items()
        for page, anchor in references_elsewhere(notebook)
        if anchor not in targets(notebooks[(path.parent / page.partition("#")[0]).resolve()])
    ]
    assert missing == []


TEXTS = [*ROOT.glob("*.md"), *ROOT.glob("notebooks/*.md")]


@pytest.mark.parametrize("path", TEXTS, ids=[path.name for path in TEXTS])
def test_formulas_of_a_text(path):
    assert operators_below(path.read_text(encoding="utf-8")) == []
