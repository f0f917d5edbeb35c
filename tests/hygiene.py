"""What a recorded notebook must be, checked without running it: a list of problems, or none."""

import ast
import base64
import io
import itertools
import re
from pathlib import Path

import captions
import exercise_cells
import figure_type
import nbformat
import numbers_in_text
from PIL import Image

MAX_LINES = 15
MAX_LENGTH = 80  # of a line, of code or printed, so that it fits a page 820 pixels wide
PICTURE_CALLS = (
    "show_trace_2d", "show_loss", "plt.show", "train_ch7", "train_pytorch_ch7", "explore_momentum",
)  # fmt: skip
FOLDED = "hide-input"
IMAGES = {"image/png", "image/svg+xml"}
FORBIDDEN_TEXT = {
    "a temporary path": r"/(?:tmp|var/folders)/|\\Temp\\|ipykernel_\d",
    "a path of one machine": r"/(?:home|Users|root|work)/|[A-Z]:\\\\",
    "an address": r"0x[0-9a-fA-F]{6,}",
    "a figure's default words": r"<Figure size",
}
HAN = r"[\u3400-\u9fff]"
WIDE = re.compile(f"{HAN}|[\u3000-\u303f\uff00-\uff60]")
OPERATOR_BELOW = r"[_^]\{?\\(?:max|min)\b"
SECTIONS = ("本节你将看到", "先读什么", "## 小结", "## 练习", "## 延伸阅读")


def problems(path):
    """All problems of one notebook, each naming the cell by its id."""
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = as_recorded(notebook) + _imports_first(code) + _rebound_names(code)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    number = int(re.match(r"\d*", Path(path).name)[0] or 0)
    if is_solution(path):
        found += exercise_cells.problems_of_solutions(notebook, number, Path(path).name)
    elif number:
        found += captions.problems(notebook, number)
        found += exercise_cells.problems_of_chapter(notebook, number, Path(path).name)
    return found + _prose(prose, Path(path)) + numbers_in_text.problems(notebook)


def as_recorded(notebook, letters=HAN):
    """What is wrong with cells and outputs, in any language; alt texts are in these letters."""
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = []
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        found.append("the kernel must be named python3")
    for number, cell in enumerate(code, start=1):
        if cell.execution_count != number:
            got = f"execution count {cell.execution_count}, expected {number}"
            found.append(f"{cell.id}: {got}; record it anew with make run")
        found += [f"{cell.id}: {words}" for words in _source(cell) + _outputs(cell, letters)]
    return found


def is_solution(path):
    """Whether a notebook holds solutions; its figures have no numbers, being shown in passing."""
    return Path(path).parent.name == "solutions"


def _source(cell):
    lines = cell.source.splitlines()
    found = [] if lines else ["empty cell"]
    if len(lines) > MAX_LINES:
        found.append(f"{len(lines)} lines, at most {MAX_LINES}")
    found += [
        f"{len(x)} characters in {x!r}, at most {MAX_LENGTH}" for x in lines if len(x) > MAX_LENGTH
    ]
    tags = cell.metadata.get("tags", [])
    if re.search(r"#\s*(NBVAL_|PYTEST_VALIDATE)", cell.source) or any(
        tag == "raises-exception" or tag.startswith("nbval") for tag in tags
    ):
        found.append("a marker that switches the comparison off")
    magic = [line for line in lines if re.match(r"\s*[%!]", line)]
    return found + [f"magic or shell command {line!r}" for line in magic]


def _outputs(cell, letters):
    found, pictures = _torn_streams(cell.outputs), 0
    for output in cell.outputs:
        if output.output_type == "error":
            found.append(f"error {output.ename}")
        if output.get("execution_count", cell.execution_count) != cell.execution_count:
            got = f"an output of execution {output.execution_count} in cell {cell.execution_count}"
            found.append(f"{got}; record it anew with make run")
        if output.get("name") == "stderr":
            found.append("output on stderr")
        data = output.get("data", {})
        interactive = "<script" in data.get("text/html", "")
        pictures += interactive or bool(IMAGES & data.keys())
        text = output.get("text", "") + "".join(v for k, v in data.items() if k != "image/png")
        found += [words for words, pattern in FORBIDDEN_TEXT.items() if re.search(pattern, text)]
        if IMAGES & data.keys():
            found += _picture(data, cell, letters)
        elif "text/html" not in data:
            found += _wide_lines(output.get("text", data.get("text/plain", "")))
        if interactive:
            found += _explorer(data, letters)
    if not pictures and any(call in cell.source for call in PICTURE_CALLS):
        found.append("missing picture")
    if pictures and "plt.show" in cell.source and FOLDED not in cell.metadata.get("tags", []):
        found.append(f"a cell that draws, not folded on the page; tag it {FOLDED}")
    if "execution" in cell.metadata:
        found.append("execution times in the metadata")
    return found


def _wide_lines(printed):
    """What is wider is cut on a page, and breaks on paper; a Han character takes two columns."""
    widths = {line: len(line) + len(WIDE.findall(line)) for line in printed.splitlines()}
    return [
        f"{width} columns in {line!r}, at most {MAX_LENGTH}"
        for line, width in widths.items()
        if width > MAX_LENGTH
    ]


def _torn_streams(outputs):
    """A page shows each piece as a block of its own: the line that was torn stays torn."""
    names = [output.get("name") for output in outputs]
    torn = any(name and name == after for name, after in itertools.pairwise(names))
    return ["printed lines in several pieces; record it anew with make run"] if torn else []


def _picture(data, cell, letters):
    found = [f"picture without {kind}" for kind in sorted(IMAGES - data.keys())]
    words = data.get("text/plain", "")
    if not words.startswith("axes 1: "):
        found.append("picture without its description in words")
    for artist in re.findall(r"^- (\w+), not described$", words, flags=re.MULTILINE):
        remedy = "teach artist_words.py how to describe it"
        found.append(f"{artist} in a figure, not described in words; {remedy}")
    if "image/png" in data:
        png = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
        if png.text.get("Description") != words:
            found.append("the PNG belongs to another figure")
    if re.search(HAN, words):
        found.append("Han characters inside a figure")
    if "<dc:date>" in data.get("image/svg+xml", ""):
        found.append("date in an SVG")
    if "image/svg+xml" in data:
        found += figure_type.problems(data["image/svg+xml"])
    alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
    if len(re.findall(letters, alt)) < 20:
        found.append("picture without alt text in the language of the page")
    return found


def _explorer(data, letters):
    """An interactive figure: a still picture with alt text in the same HTML, and its words."""
    found = []
    still = re.search(r'<img src="data:image/svg\+xml,[^"]+" alt="([^"]*)"', data["text/html"])
    if not still or len(re.findall(letters, still[1])) < 20:
        found.append("interactive figure without a still one and its alt text")
    if not data.get("text/plain", "").startswith("axes 1: "):
        found.append("interactive figure without its description in words")
    return found


def _imports_first(code):
    found = []
    for number, cell in enumerate(code):
        body = ast.parse(cell.source).body
        imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
        if bool(imports) != (number == 0) or len(imports) not in (0, len(body)):
            found.append(f"{cell.id}: imports belong in the first code cell, and nothing else does")
        if any(alias.name == "*" for node in imports for alias in node.names):
            found.append(f"{cell.id}: star import")
        if "sys.path" in cell.source:
            found.append(f"{cell.id}: sys.path")
    return found


def _rebound_names(code):
    """No cell may read a name from before that a later cell binds again."""
    bound, read = [], []
    for cell in code:
        names = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)]
        stored = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
        defined = {n.name for n in ast.parse(cell.source).body if isinstance(n, ast.FunctionDef)}
        arguments = {n.arg for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.arg)}
        bound.append(stored | defined)
        read.append({n.id for n in names if isinstance(n.ctx, ast.Load)} - stored - arguments)
    return [
        f"{code[i].id}: reads {name}, which {code[j].id} binds again"
        for i in range(len(code))
        for j in range(i + 1, len(code))
        for name in sorted(read[i] & bound[j])
        if any(name in earlier for earlier in bound[:i])
    ]


def _prose(prose, path):
    found = []
    if path.name[:2].isdigit() and not is_solution(path):
        found += [f"no {section!r}" for section in SECTIONS if section not in prose]
    found += links_to_nowhere(prose, path) + _sections_named(prose, path)
    found += operators_below(prose)
    words = re.sub(
        r"```.*?```|\$\$.*?\$\$|\$.*?\$|`.*?`|\[式 [^\]]*|\]\(.*?\)", "", prose, flags=re.DOTALL
    )
    for wrong in re.findall(rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}", words):
        found.append(f"half-width punctuation in {wrong!r}")
    return found


def links_to_nowhere(prose, path):
    """Links to a page that is not there, seen from ``path``."""
    targets = re.findall(r"\]\(([\w./-]+\.(?:ipynb|md))(?:#[^)]*)?\)", prose)
    missing = [target for target in targets if not (path.parent / target).exists()]
    return [f"link to {target}, which does not exist" for target in missing]


def operators_below(prose):
    """An operator as index makes KaTeX write an msub of three children, which no reader knows."""
    remedy = "write {\\mathrm{max}}"
    return [f"invalid MathML from {x!r}; {remedy}" for x in re.findall(OPERATOR_BELOW, prose)]


def _sections_named(prose, path):
    """Each "第 2 节" is linked at least once, and each link leads where its words say."""
    found = []
    links = re.findall(r"\[(?:第 )?(\d+)\b[^\]]*\]\((?:\.\./)?(\d+)_[\w.]+\)", prose)
    for stated, target in links:
        if int(stated) != int(target):
            found.append(
                f"a link says {stated} and leads to section {int(target)}; mend one of them"
            )
    linked = {int(target) for target in re.findall(r"\]\((?:\.\./)?(\d+)_\w+\.ipynb\)", prose)}
    for stated in re.findall(r"第 (\d(?:、\d)*) 节", prose) if linked else []:
        for number in map(int, stated.split("、")):
            if number not in linked and not path.name.startswith(f"{number:02}"):
                found.append(
                    f"the text names section {number} but links nowhere to it; link it once"
                )
    return found
