"""Which numbers of a text count as known, on notebooks of three cells."""

import nbformat
import numbers_in_text
import pytest

CODE = """def run(eta, gamma):
    return eta, gamma


settings = [(0.02, 0.5), (0.02, 0.9)]
fifth = 5
for kappa in (20, 200):
    print(kappa, run(0.4, 0.9))
plt.plot([1, 2], linewidth=6)"""
WORDS = """epoch 20, x1 -0.943467
share 0.3585, 5.6e+06, 1503.0
第 3、7 步
axes 1: $x$ from -5.5 to 31, $y$ from 0 to 77.7 (log)
- contours at 0.174, 88
- line: 21 points, (0, 1) to (20, 0.519), within (0, 0.1), (20, 66)"""


def unknown(text):
    """Return the numbers of ``text`` that the code before it does not know."""
    code = nbformat.v4.new_code_cell(CODE)
    code.outputs = [nbformat.v4.new_output("stream", text=WORDS)]
    first = nbformat.v4.new_markdown_cell("# 题目", id="first")
    said = nbformat.v4.new_markdown_cell(text, id="said")
    notebook = nbformat.v4.new_notebook(cells=[first, code, said])
    return [problem.split("'")[1] for problem in numbers_in_text.problems(notebook)]


KNOWN = [
    "停在 −0.943467，即 -0.94，离原点 0.943", "约 0.9 处", "丢掉约 36%", "约 35.9%", "560 万",
    "一共 1,503 次", "停在 0.519", "走 20 步", "第 3 步", "到第 7 步", "学习率 0.4", "动量 0.9",
    "动量超参数 $\\gamma = 0.9$",
    "条件数 200", "设置 (0.02, 0.5)", "1964 年，Lessard（2016）", "见[第 5 节](05_x.ipynb)",
    "[学习率](glossary.md#a) 0.4", '<a id="fig-1-77"></a>**图 1-77** 见[表 1-88](#tab-1-88)',
    "Python 3.11", "`start=99`", "$\\frac{99}{98}$ 与 $x_3^{97}$", "x9 与 gd_99", "$v_0 = 0$",
    "## 练习\n\n1. 取 99",
]  # fmt: skip
UNKNOWN = {
    "停在 0.943466": "0.943466",
    "停在 −0.3585": "−0.3585",
    "停在 0.3 处": "0.3",
    "丢掉 37%": "37%",
    "570 万": "570万",
    "走 19 步": "19",
    "## 走 19 步": "19",
    "学习率 0.9": "0.9",
    "动量 0.4": "0.4",
    "[学习率](glossary.md#a) 0.9": "0.9",
    "条件数 21": "21",
    "$\\gamma = 0.4$": "0.4",
    "设置 (0.02, 0.4)": "(0.02, 0.4)",
    "从 $(-5, -3)$ 出发": "(-5, -3)",
    "| 学习率 | 0.3 |": "0.3",
    "走 200 步": "200",
    "第 5 步": "5",
    "$n = 99$ 时": "99",
    "线宽 6": "6",
    "到 31": "31",
    "到 77.7": "77.7",
    "等高线 88": "88",
    "共 03 步": "03",
    "## 小结\n\n共 99 步": "99",
}


@pytest.mark.parametrize("text", KNOWN)
def test_known(text):
    assert unknown(text) == []


@pytest.mark.parametrize("text", UNKNOWN)
def test_unknown(text):
    assert unknown(text)[:1] == [UNKNOWN[text]]


def test_cells_beside_a_text_end_at_the_next_text():
    cells = [nbformat.v4.new_code_cell(f"{n}") for n in (11, 22, 33, 44)]
    texts = [nbformat.v4.new_markdown_cell(text) for text in ("# 题目", "共 11 个", "共 22、33 个")]
    order = [texts[0], cells[0], texts[1], cells[1], texts[2], cells[2], cells[3]]
    assert numbers_in_text.problems(nbformat.v4.new_notebook(cells=order)) == []
    texts[1].source = "共 33 个"
    (problem,) = numbers_in_text.problems(nbformat.v4.new_notebook(cells=order))
    assert "'33'" in problem
    texts[1].source = "共 11 个"
    texts[0].source = "# 题目\n\n共 44 个"  # the opening speaks of the whole notebook
    assert numbers_in_text.problems(nbformat.v4.new_notebook(cells=order)) == []


def test_a_caption_ends_no_text():
    cells = [nbformat.v4.new_code_cell(f"{n}") for n in (11, 22)]
    caption = nbformat.v4.new_markdown_cell('<a id="fig-1-1"></a>**图 1-1** 共 11 与 22 个。')
    texts = [nbformat.v4.new_markdown_cell(text) for text in ("# 题目", "共 11、22 个")]
    order = [texts[0], cells[0], caption, cells[1], texts[1]]
    assert numbers_in_text.problems(nbformat.v4.new_notebook(cells=order)) == []
    caption.source = "**图 1-1** 共 11 与 22 个。"  # without its anchor it is a text
    (problem,) = numbers_in_text.problems(nbformat.v4.new_notebook(cells=order))
    assert "'11'" in problem
