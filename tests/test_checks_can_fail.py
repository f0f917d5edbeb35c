"""Copies of a notebook, each spoilt in one way: nbval or the static check must turn red."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from hygiene import problems

ROOT = Path(__file__).resolve().parents[1]
SOUND = ROOT / "notebooks" / "01_gradient_descent_problem.ipynb"


def cell_with(notebook, text):
    (cell,) = (c for c in notebook.cells if c.cell_type == "code" and text in c.source)
    return cell


def count_code(notebook):
    return sum(cell.cell_type == "code" for cell in notebook.cells)


def sound(notebook):
    pass


def digit_changed(notebook):
    (output,) = (o for o in cell_with(notebook, "best_eta = ").outputs if "text" in o)
    output.text = output.text.replace("0.904762", "0.904761")


def outputs_emptied(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []


def cleared(notebook):
    outputs_emptied(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = None


def swapped(notebook):
    places = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    i, j = places[2], places[4]
    notebook.cells[i], notebook.cells[j] = notebook.cells[j], notebook.cells[i]


def other_data(notebook):
    cell = cell_with(notebook, "trace_slow = ")
    cell.source = cell.source.replace("gd_2d(0.4)", "gd_2d(0.4001)")
    (printed,) = (o for o in cell.outputs if "text" in o)
    cell.outputs.remove(printed)
    cell.source = cell.source.replace(
        "d2l.train_2d(gd_2d(0.4001))", "d2l.trace_2d(gd_2d(0.4001))[0]"
    )


def other_marker(notebook):
    cell = cell_with(notebook, '"ko"')
    cell.source = cell.source.replace('"ko"', '"ks"')


def never_run(notebook):
    notebook.cells.append(nbformat.v4.new_code_cell("1 + 1", id="new"))


def stderr(notebook):
    output = nbformat.v4.new_output("stream", name="stderr", text="careful\n")
    cell_with(notebook, "best_eta = ").outputs.append(output)


def error(notebook):
    output = nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    cell_with(notebook, "best_eta = ").outputs.append(output)


def address(notebook):
    text = "<matplotlib.legend.Legend at 0x7f2a1c0d5e50>"
    output = nbformat.v4.new_output("execute_result", data={"text/plain": text}, execution_count=1)
    cell_with(notebook, "best_eta = ").outputs.append(output)


def temporary_path(notebook):
    output = nbformat.v4.new_output(
        "stream", text=f"{tempfile.gettempdir()}/ipykernel_12/34.py:1\n"
    )
    cell_with(notebook, "best_eta = ").outputs.append(output)


def wide_output(notebook):
    (output,) = (o for o in cell_with(notebook, "best_eta = ").outputs if "text" in o)
    output.text += 40 * "宽" + "x"


def wrong_kernel(notebook):
    notebook.metadata.kernelspec.name = "my-env"


def picture_gone(notebook):
    cell = cell_with(notebook, '"ko"')
    cell.outputs = [o for o in cell.outputs if "data" not in o]


def png_gone(notebook):
    for output in cell_with(notebook, '"ko"').outputs:
        del output.data["image/png"]


def alt_gone(notebook):
    del cell_with(notebook, '"ko"').metadata["mystnb"]


def rebinding(notebook):
    count = count_code(notebook) + 1
    cell = nbformat.v4.new_code_cell("best_rate = 0", id="new", execution_count=count)
    notebook.cells.append(cell)


def comparison_off(notebook):
    cell_with(notebook, "best_eta = ").source += "\n# NBVAL_IGNORE_OUTPUT"


def comparison_off_by_tag(notebook):
    cell_with(notebook, "best_eta = ").metadata["tags"] = ["nbval-ignore-output"]


def pngs_swapped(notebook):
    cells = cell_with(notebook, "trace_slow = "), cell_with(notebook, "trace_diverging = ")
    first, second = (o for cell in cells for o in cell.outputs if "data" in o)
    first.data["image/png"], second.data["image/png"] = (
        second.data["image/png"],
        first.data["image/png"],
    )


def explorer_replaced(notebook, old, new):
    (output,) = cell_with(notebook, "explore_momentum").outputs
    for kind, text in output.data.items():
        output.data[kind] = re.sub(old, new, text)


def explorer_changed(notebook):
    explorer_replaced(notebook, "const STEEP = 4", "const STEEP = 5")


def explorer_still_gone(notebook):
    explorer_replaced(notebook, "<img[^>]*>", "")


def explorer_undescribed(notebook):
    explorer_replaced(notebook, "^axes 1: ", "")


def explorer_gone(notebook):
    cell_with(notebook, "explore_momentum").outputs = []


def text_with(notebook, text):
    (cell,) = (c for c in notebook.cells if c.cell_type == "markdown" and text in c.source)
    return cell


def replaced_in_text(notebook, old, new):
    cell = text_with(notebook, old)
    cell.source = cell.source.replace(old, new, 1)


def replaced_in_alt(notebook, old, new):
    (cell,) = (c for c in notebook.cells if old in str(c.metadata.get("mystnb", "")))
    image = cell.metadata.mystnb.image
    image.alt = image.alt.replace(old, new)


def decimal_in_text(notebook):
    replaced_in_text(notebook, "−0.943467，离", "−0.943367，离")


def sign_in_text(notebook):
    replaced_in_text(notebook, "−0.943467，离", "0.943468，离")


def count_in_text(notebook):
    replaced_in_text(notebook, "也要 139 步，与", "也要 138 步，与")


def rate_in_text(notebook):
    replaced_in_text(notebook, "随手取的 0.4 的", "随手取的 0.7 的")


def named_in_text(notebook):
    replaced_in_text(notebook, "## 学习率 0.4：太慢", "## 学习率 0.2：太慢")


def pair_in_text(notebook):
    replaced_in_text(notebook, "从 $(-5, -2)$ 出发，走 20 步", "从 $(-5, -0.4)$ 出发，走 20 步")


def formula_in_text(notebook):
    replaced_in_text(notebook, "$\\eta^\\star = 0.476190$", "$\\eta^\\star = 0.476191$")


def large_in_text(notebook):
    replaced_in_text(notebook, "560 万", "570 万")


def printed_elsewhere(notebook):
    replaced_in_text(notebook, "碗沿 $x_2$ 很陡", "最好的学习率要 139 步。碗沿 $x_2$ 很陡")


def count_in_alt(notebook):
    replaced_in_alt(notebook, "有 17 个在画面之外", "有 18 个在画面之外")


def decimal_in_alt(notebook):
    replaced_in_alt(notebook, "约 -0.94 处", "约 -0.93 处")


def elsewhere_in_alt(notebook):
    replaced_in_alt(notebook, "约 -0.94 处", "约 -0.94 处（共 139 步）")


def other_section(notebook):
    replaced_in_text(notebook, "[第 5 节](05", "[第 6 节](05")


def unlinked_section(notebook):
    replaced_in_text(notebook, "最陡的路不是最近的路。", "最陡的路不是最近的路（见第 9 节）。")


def output_of_another_run(notebook):
    (output,) = cell_with(notebook, "explore_momentum").outputs
    output.execution_count += 1


def torn_stream(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    outputs = next(cell.outputs for cell in code if "print(" in cell.source)
    stream = next(output for output in outputs if output.output_type == "stream")
    outputs.append(nbformat.v4.new_output("stream", text=stream.text[3:]))
    stream.text = stream.text[:3]


def undescribed_artist(notebook):
    for output in cell_with(notebook, '"ko"').outputs:
        output.data["text/plain"] += "\n- FancyBboxPatch, not described"


def half_width(notebook):
    notebook.cells[0].source += "\n\n句子,写错了标点。"


def added_to_text(words):
    """Make a spoiler that adds a paragraph to the opening."""

    def spoil(notebook):
        notebook.cells[0].source += f"\n\n{words}"

    return spoil


def long_line(notebook):
    cell_with(notebook, "best_eta = ").source += "\n# " + "x" * 79


def drawing_in_full_view(notebook):
    cell_with(notebook, '"ko"').metadata.pop("tags")


def wide_figure(notebook):
    for output in cell_with(notebook, '"ko"').outputs:
        svg = output.data["image/svg+xml"]
        output.data["image/svg+xml"] = svg.replace("<svg ", '<svg width="400pt" ', 1)


def small_index(notebook):
    for output in cell_with(notebook, '"ko"').outputs:
        svg = output.data["image/svg+xml"]
        index = r'\1<use xlink:href="#DejaVuSans-14" transform="scale(0.49)"/>'
        output.data["image/svg+xml"] = re.sub(r"(scale\(0\.1 -0\.1\)\">)", index, svg, count=1)


def caption_gone(notebook):
    notebook.cells.remove(text_with(notebook, "**图 1-2**"))


def caption_too_late(notebook):
    place = notebook.cells.index(text_with(notebook, "**图 1-2**"))
    cells = notebook.cells
    cells[place], cells[place + 1] = cells[place + 1], cells[place]


def captions_swapped(notebook):
    first, second = text_with(notebook, "**图 1-1**"), text_with(notebook, "**图 1-2**")
    first.source, second.source = second.source, first.source


def caption_with_another_number(notebook):
    replaced_in_text(notebook, "**图 1-2**", "**图 1-3**")


def formula_without_anchor(notebook):
    replaced_in_text(notebook, '<a id="eq-1-3"></a>\n', "")


def formula_without_number(notebook):
    replaced_in_text(notebook, "\\tag{1.2}", "")


def link_to_another_figure(notebook):
    replaced_in_text(notebook, "[图 1-4](#fig-1-4)", "[图 1-4](#fig-1-1)")


def dead_link(notebook):
    notebook.cells[0].source += "\n\n[下一节](99_nothing.ipynb)"


def the(notebook, name):
    (cell,) = (cell for cell in notebook.cells if cell.id == name)
    return cell


def answered(notebook):
    the(notebook, "ex-1-1-check").source = 'd2l.check_answer("1.1", 3)'


def no_place_to_work(notebook):
    notebook.cells.remove(the(notebook, "ex-1-1-work"))


def exercise_out_of_order(notebook):
    cell = the(notebook, "ex-1-2")
    cell.source = cell.source.replace("1.2", "1.3", 1)


def solution_of_another(notebook):
    cell = the(notebook, "ex-1-2")
    cell.source = cell.source.replace("#sol-1-2", "#sol-1-1")


def guess_told(notebook):
    cell = next(c for c in notebook.cells if c.source.startswith("> **先猜后看**"))
    cell.source = cell.source.replace("<details><summary>看答案</summary>\n\n", "")


def one_guess(notebook):
    guesses = [c for c in notebook.cells if c.source.startswith("> **先猜后看**")]
    for cell in guesses[1:]:
        notebook.cells.remove(cell)


# What nbval says of a copy so spoilt; and of each cell, of a copy spoilt in several.
COMPARED = {sound: "", outputs_emptied: "outputs differ", swapped: "NameError"}
CELLS_COMPARED = {
    digit_changed: ("best_eta = ", "mismatch 'stdout'"),
    other_data: ("trace_slow = ", "mismatch 'image/svg+xml'"),
    other_marker: ('"ko"', "mismatch 'image/svg+xml'"),
    explorer_changed: ("explore_momentum", "mismatch 'text/html'"),
}


def several(notebook):
    for spoil in CELLS_COMPARED:
        spoil(notebook)


STATIC = {
    sound: "",
    answered: """ex-1-1-check: expected d2l.check_answer("1.1", ...)""",
    no_place_to_work: "ex-1-1: a cell to work in and one that checks must follow",
    exercise_out_of_order: "ex-1-2: expected exercise 1.2 and its solution",
    solution_of_another: "ex-1-2: expected exercise 1.2 and its solution",
    guess_told: "not written as a guess is",
    one_guess: "1 questions to guess at, expected 2 or 3",
    cleared: "execution count None, expected 1",
    swapped: "execution count",
    never_run: "execution count None",
    stderr: "output on stderr",
    error: "error ValueError",
    address: "an address",
    temporary_path: "a temporary path",
    wrong_kernel: "the kernel must be named python3",
    picture_gone: "missing picture",
    png_gone: "picture without image/png",
    alt_gone: "picture without alt text",
    rebinding: "reads best_rate, which new binds again",
    comparison_off: "switches the comparison off",
    comparison_off_by_tag: "switches the comparison off",
    pngs_swapped: "the PNG belongs to another figure",
    explorer_still_gone: "interactive figure without a still one",
    explorer_undescribed: "interactive figure without its description in words",
    explorer_gone: "missing picture",
    half_width: "half-width punctuation",
    decimal_in_text: "01-10: the text says '−0.943367'",
    sign_in_text: "01-10: the text says '0.943468'",
    count_in_text: "01-29: the text says '138'",
    rate_in_text: "01-29: the text says '0.7'",
    named_in_text: "01-08: the text says '0.2'",
    pair_in_text: "01-08: the text says '-0.4'",
    formula_in_text: "01-27: the text says '0.476191'",
    large_in_text: "01-20: the text says '570万'",
    printed_elsewhere: "01-05-steepest: the text says '139'",
    count_in_alt: "01-11: the alt text says '18'",
    decimal_in_alt: "01-09: the alt text says '-0.93'",
    elsewhere_in_alt: "01-09: the alt text says '139'",
    other_section: "a link says 6 and leads to section 5",
    unlinked_section: "names section 9 but links nowhere",
    output_of_another_run: "explore-bowl: an output of execution",
    torn_stream: "printed lines in several pieces",
    undescribed_artist: "FancyBboxPatch in a figure, not described",
    dead_link: "link to 99_nothing.ipynb, which does not exist",
    long_line: "81 characters in",
    wide_output: "81 columns in",
    drawing_in_full_view: "a cell that draws, not folded on the page",
    wide_figure: "type of 8.8 px on a phone",
    small_index: "type of 6.5 px on a phone",
    caption_gone: "01-11: no caption in the cell after the figure",
    caption_too_late: "fig-1-2: a caption of a figure, but not directly after one",
    captions_swapped: "the anchors are ['fig-1-2', 'fig-1-1', ",
    caption_with_another_number: "the anchor fig-1-2 belongs to 图 1-3",
    formula_without_anchor: "anchor '' before a formula with \\tag{1.3}",
    formula_without_number: "anchor 'eq-1-2' before a formula with no tag",
    link_to_another_figure: "a link says 图 1-4 and leads to #fig-1-1",
}
ADDED = {
    "[图 1-9](#fig-1-9)": "a link leads to #fig-1-9, which is not on this page",
    "见图 1-1。": "图 1-1 is no link",
    "见式 (1.1)。": "式 (1.1) is no link",
    "[式 (2.1)](01_gradient_descent_problem.ipynb)": "a link says 式 2-1 and leads to 01_",
    "$\\lambda_{\\max}$": "invalid MathML",
    "[学习率](glossar.md#x)": "link to glossar.md, which does not exist",
}


def spoilt_copy(spoil, folder):
    notebook = nbformat.read(SOUND, as_version=4)
    spoil(notebook)
    path = folder / f"01_{spoil.__name__}.ipynb"
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """One nbval run over all copies, as ``make test-notebooks`` does it: {name: cells' reports}."""
    folder = tmp_path_factory.mktemp("copies")
    spoils = [*COMPARED, several]
    for spoil in spoils:
        spoilt_copy(spoil, folder)
    results = folder / "results.xml"
    flags = ["--nbval", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider"]
    where = [f"--rootdir={ROOT}", f"--config-file={ROOT / 'pyproject.toml'}", folder]
    run = [sys.executable, "-m", "pytest", *flags, f"--junitxml={results}", *where]
    out = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert results.exists(), out.stdout + out.stderr
    reports = {spoil.__name__: [] for spoil in spoils}
    for case in ElementTree.parse(results).iter("testcase"):
        name = re.search(r"01_(\w+)", case.get("classname"))[1]
        reports[name].append("".join(failure.text for failure in case))
    cells = count_code(nbformat.read(SOUND, as_version=4))
    assert {len(report) for report in reports.values()} == {cells}
    return reports


@pytest.mark.parametrize("spoil", COMPARED)
def test_nbval(spoil, compared):
    report = "".join(compared[spoil.__name__])
    assert COMPARED[spoil] in report
    assert bool(report) == bool(COMPARED[spoil])


@pytest.mark.parametrize("spoil", CELLS_COMPARED)
def test_nbval_of_a_cell(spoil, compared):
    text, words = CELLS_COMPARED[spoil]
    notebook = nbformat.read(SOUND, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert words in compared["several"][code.index(cell_with(notebook, text))]


def problems_of_copy(spoil, folder):
    (folder / "solutions").mkdir()
    for notebook in [*SOUND.parent.glob("*.*"), *SOUND.parent.glob("solutions/*.*")]:
        (folder / notebook.relative_to(SOUND.parent)).touch()
    spoilt = spoilt_copy(spoil, folder)
    return "\n".join(problems(spoilt.rename(folder / SOUND.name)))  # links go by this name


@pytest.mark.parametrize("spoil", STATIC)
def test_static(spoil, tmp_path):
    found = problems_of_copy(spoil, tmp_path)
    assert STATIC[spoil] in found
    assert bool(found) == bool(STATIC[spoil])


@pytest.mark.parametrize("words", ADDED)
def test_what_a_text_may_not_say(words, tmp_path):
    assert ADDED[words] in problems_of_copy(added_to_text(words), tmp_path)
