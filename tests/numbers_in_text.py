"""Each number that a notebook's text states must stand in the code beside it, or in its output."""

import re
from typing import NamedTuple

from captions import is_caption
from exercise_cells import CHOICE, is_prediction, is_statement
from numbers_in_code import ROLES, known_numbers, parameters_of

# A number as a text writes it: 0.24, −1673, 1,000, 36%, 560 万; not part of a name such as x1.
NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.,/^{])(?P<sign>[-+−]?)(?P<digits>\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?)"
    r"(?![A-Za-z0-9_/]|\.\d)\s?(?P<unit>[%万]?)"
)
# What is no result: links, code, years, and the numbers of sections, figures and exercises.
NO_RESULT = re.compile(
    r"```.*?```|\$\$.*?\$\$|`[^`]*`|\[[^\]]*\]\([^)]*\)|（[^（）]*\d{4}）|\d{4} 年|Python \d\.\d+"
    r"|第 [\d、]+ 节|练习 [\d.]+|<a id=\"[^\"]*\">|[图表] \d+-\d+",
    flags=re.DOTALL,
)
TERM = re.compile(
    r"\[([^\]]*)\]\((?:\.\./)?glossary\.md[^)]*\)"
)  # a link, but its words name the number
NAME = "|".join(sorted(ROLES, key=len, reverse=True))  # the longest first
NAMED_IN_TEXT = re.compile(rf"(?<!有效)({NAME})\$? ?\$?(?:=|为|取|是|从)?[ $]*$")
# Without one of these words, a number of one decimal or none is meant exactly.
ABOUT = re.compile("约|近|左右|附近|不到|超过|以上|以下|几乎|之间")
PAIR = re.compile(r"\(([-−]?[\d.]+), ([-−]?[\d.]+)\)")


class Stated(NamedTuple):
    """One number of a text, and the text around it."""

    before: str
    sign: str
    digits: str
    unit: str
    after: str


def problems(notebook):
    """Each number of the prose or an alt text that no code cell beside it knows."""
    cells = notebook.cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    parameters = parameters_of(code)
    found = []
    for place, cell in enumerate(cells):
        if cell.cell_type == "code":
            alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
            found += _unknown(f"{cell.id}: the alt text", alt, known_numbers([cell], parameters))
            continue
        if is_statement(cell):
            continue  # what an exercise states is asked for, no result
        for heading, text in _sections(CHOICE.sub("", cell.source)):
            whole = place == 0 or heading == "小结"  # they speak of all of the notebook
            beside = code if whole else _beside(cells, place)
            found += _unknown(f"{cell.id}: the text", text, known_numbers(beside, parameters))
    return found


def _unknown(place, text, known):
    text = NO_RESULT.sub(" ", TERM.sub(r"\1", text))
    unknown = [
        (stated.sign + stated.digits + stated.unit, stated.before[-12:] + "..." + stated.after[:6])
        for stated in _stated(text)
        if not _is_known(stated, known)
    ]
    for pair in PAIR.finditer(text):
        if tuple(float(x.replace("−", "-")) for x in pair.groups()) not in known.pairs:
            unknown.append((pair[0], text[max(0, pair.start() - 12) : pair.end() + 6]))
    remedy = "print it there and record it (make run), or mend the text"
    return [
        f"{place} says {shown!r} in {where!r}, which the code beside it neither holds nor prints; "
        f"{remedy}"
        for shown, where in unknown
    ]


def _sections(source):
    """Pairs of heading and text; exercises and further reading state no results."""
    pieces = re.split(r"^##? (.*)$", source, flags=re.MULTILINE)
    pairs = zip(["", *pieces[1::2]], pieces[::2], strict=True)
    return [(head, f"{head}\n{text}") for head, text in pairs if head not in ("练习", "延伸阅读")]


def _beside(cells, place):
    """The code cells before and after, up to the next text that is no caption.

    A guess comes before the text that leads to its result: there, that text is passed too.
    """
    beside = []
    if is_prediction(cells[place]) and cells[place + 1].cell_type == "markdown":
        beside += _beside(cells, place + 1)
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(cells) and (cells[at].cell_type == "code" or _seen_past(cells[at])):
            beside += [cells[at]] if cells[at].cell_type == "code" else []
            at += step
    return beside


def _seen_past(cell):
    return is_caption(cell) or is_prediction(cell)


def _stated(text):
    """Yield the numbers of a text; of a formula, decimals and what a letter alone equals."""
    formulas = [match.span() for match in re.finditer(r"\$.*?\$", text)]
    for match in NUMBER.finditer(text):
        before = text[: match.start()]
        after = text[match.end() :]
        inside = any(start < match.start() < end for start, end in formulas)
        if inside and "." not in match["digits"] and not _alone(before, match["sign"], after):
            continue
        digits = match["digits"].replace(",", "")
        yield Stated(before[-24:], match["sign"], digits, match["unit"], after[:12])


def _alone(before, sign, after):
    left = before.rpartition("$")[2].rpartition(",")[2]
    return not sign and re.fullmatch(r"[^-+*/()=]*=\s*", left) and re.match(r"\s*[$,]", after)


def _is_known(stated, known):
    digits = stated.digits
    if re.match(r"0\d|0\.0$", digits):
        return False
    decimals = len(digits.partition("e")[0].partition(".")[2])
    numbers = _of_its_role(stated, decimals, known) | {0.0}
    signed = {-x for x in numbers} if stated.sign in ("-", "−") else {abs(x) for x in numbers}
    if stated.unit == "万":
        signed = {x / 10**4 for x in signed}
    if stated.unit == "%":
        signed |= {100 * x for x in signed}
    value = float(digits)
    if any(abs(x - value) <= 1e-9 * value for x in signed):
        return True
    about = decimals >= 2 or ABOUT.search(stated.before[-8:] + stated.after[:6])
    return bool(about) and any(f"{x:.{decimals}f}" == digits for x in signed)


def _of_its_role(stated, decimals, known):
    """The values of what the text names, where the code beside it has any so exact."""
    named = NAMED_IN_TEXT.search(stated.before)
    role = ROLES[named[1]] if named else "step" if re.match(" ?步", stated.after) else None
    values = known.by_role.get(role, set())
    so_exact = any(decimals == 0 or round(x, decimals - 1) != x for x in values)
    return values if so_exact else known.numbers
