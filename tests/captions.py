"""Captions and numbers of figures, tables and formulas, and the links that refer to them."""

import re

CAPTION = re.compile(r'<a id="(fig|tab)-(\d+)-(\d+)"></a>\*\*(图|表) (\d+)-(\d+)\*\* \S[^\n]*')
KINDS = {"fig": "图", "tab": "表", "eq": "式"}
SHORT = {kind: short for short, kind in KINDS.items()}
ANCHOR = re.compile(r'<a id="((?:fig|tab|eq)-\d+-\d+)"></a>')
FORMULA = re.compile(r'(?:<a id="(eq-\d+-\d+)"></a>\n)?\$\$((?:(?!\$\$).)*)\$\$', flags=re.DOTALL)
LINK = re.compile(r"\[(图|表|式) \(?(\d+)[-.](\d+)\)?\]\(([^)]*)\)")
UNLINKED = re.compile(r"(?<!\[)(?<!\*\*)(?:[图表] \d+-\d+|式 \(\d+\.\d+\))")


def is_caption(cell):
    """Whether a cell is nothing but a caption."""
    return cell.cell_type == "markdown" and bool(CAPTION.fullmatch(cell.source))


def targets(notebook):
    """List the anchors of a notebook, in order."""
    return [name for cell in _texts(notebook) for name in ANCHOR.findall(cell.source)]


def problems(notebook, number):
    """All that is wrong in section ``number``; a page without a number has no captions."""
    found = _captions_stand_right(notebook.cells) if number else []
    names = targets(notebook)
    for short, kind in KINDS.items():
        given = [name for name in names if name.startswith(short)]
        wanted = [f"{short}-{number}-{i}" for i in range(1, len(given) + 1)]
        if given != wanted:
            found.append(f"{kind}: the anchors are {given}, expected {wanted}")
    for cell in _texts(notebook):
        found += [f"{cell.id}: {words}" for words in _labels(cell) + _links(cell, names)]
    return found


def _texts(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def _captions_stand_right(cells):
    found = []
    for before, cell in zip([None, *cells], [*cells, None], strict=True):
        is_figure = before is not None and shows_figure(before)
        captioned = cell is not None and is_caption(cell) and 'id="fig-' in cell.source
        if is_figure and not captioned:
            found.append(f"{before.id}: no caption in the cell after the figure")
        if captioned and not is_figure:
            found.append(f"{cell.id}: a caption of a figure, but not directly after one")
    return found


def shows_figure(cell):
    """Whether a picture or an interactive figure was recorded in this cell."""
    data = [output.get("data", {}) for output in cell.get("outputs", [])]
    return any("image/svg+xml" in d or "<script" in d.get("text/html", "") for d in data)


def _labels(cell):
    """Anchors and the numbers that readers see beside them agree."""
    found = []
    for short, n, i, kind, *shown in CAPTION.findall(cell.source):
        if KINDS[short] != kind or [n, i] != shown:
            found.append(f"the anchor {short}-{n}-{i} belongs to {kind} {'-'.join(shown)}")
    if re.search(r'id="(?:fig|tab)', cell.source) and not is_caption(cell):
        found.append('a caption is a cell of one line: <a id="fig-1-1"></a>**图 1-1** ...')
    for anchor, formula in FORMULA.findall(cell.source):
        tag = re.search(r"\\tag\{(\d+)\.(\d+)\}", formula)
        if anchor != (f"eq-{tag[1]}-{tag[2]}" if tag else ""):
            found.append(f"anchor {anchor!r} before a formula with {tag[0] if tag else 'no tag'}")
    return found


def _links(cell, names):
    found = []
    for kind, n, i, target in LINK.findall(cell.source):
        if target.startswith("#") and target[1:] != f"{SHORT[kind]}-{n}-{i}":
            found.append(f"a link says {kind} {n}-{i} and leads to {target}")
        if target.startswith("#") and target[1:] not in names:
            found.append(f"a link leads to {target}, which is not on this page")
        if target.endswith(".ipynb") and not target.startswith(f"{int(n):02}_"):
            found.append(f"a link says {kind} {n}-{i} and leads to {target}")
    return found + [f"{words} is no link" for words in UNLINKED.findall(cell.source)]


def references_elsewhere(notebook):
    """Pairs of a page and the anchor that a link to it speaks of."""
    links = [link for cell in _texts(notebook) for link in LINK.findall(cell.source)]
    return [(target, f"{SHORT[k]}-{n}-{i}") for k, n, i, target in links if target[0] != "#"]
