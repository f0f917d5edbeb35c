"""Exercises, their checks and solutions, and questions to guess at: what a notebook must have."""

import ast
import re

PREDICTION = re.compile(
    r"> \*\*先猜后看\*\* .+?(?:\n> - \*\*[A-E]\*\* [^\n]+){2,5}"
    r"\n\n<details><summary>看答案</summary>\n\n\*\*[A-E]。\*\*.+\n\n</details>",
    flags=re.DOTALL,
)
CHOICE = re.compile(r"^> - \*\*[A-E]\*\* .*$", flags=re.MULTILINE)
STATEMENT = re.compile(
    r'<a id="ex-(\d+)-(\d+)"></a>\*\*练习 (\d+)\.(\d+)\*\* (★{1,3}) .+'
    r"（\[解答\]\(solutions/([\w.]+)#sol-(\d+)-(\d+)\)）",
    flags=re.DOTALL,
)
SOLUTION = re.compile(
    r'## 练习 (\d+)\.(\d+)\n\n<a id="sol-(\d+)-(\d+)"></a>'
    r"\[回到题目\]\(\.\./([\w.]+)#ex-(\d+)-(\d+)\)(?:\n\n.+)?",
    flags=re.DOTALL,
)


def is_prediction(cell):
    """Whether a cell asks the reader to guess."""
    return cell.cell_type == "markdown" and cell.source.startswith("> **先猜后看**")


def is_statement(cell):
    """Whether a cell states an exercise; its numbers are asked for, and no results."""
    return cell.cell_type == "markdown" and cell.source.startswith('<a id="ex-')


def exercise_of(cell):
    """The number in a call of ``check_answer``, and whether all of its answer is open."""
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "check_answer":
            name, answer = node.args
            parts = answer.elts if isinstance(answer, ast.Tuple) else [answer]
            is_open = all(isinstance(p, ast.Constant) and p.value is ... for p in parts)
            return name.value, is_open
    return None


def problems_of_chapter(notebook, number, name):
    """All that is wrong with the guesses and exercises of chapter ``number``, file ``name``."""
    found = []
    guesses = [cell for cell in notebook.cells if is_prediction(cell)]
    if len(guesses) not in (2, 3):
        found.append(f"{len(guesses)} questions to guess at, expected 2 or 3")
    for cell in guesses:
        if not PREDICTION.fullmatch(cell.source):
            found.append(f"{cell.id}: not written as a guess is, see CONTRIBUTING.md")
    statements = [place for place, cell in enumerate(notebook.cells) if is_statement(cell)]
    if not 4 <= len(statements) <= 6:
        found.append(f"{len(statements)} exercises, expected 4 to 6")
    for count, place in enumerate(statements, start=1):
        found += _exercise(notebook.cells[place : place + 3], f"{number}", f"{count}", name)
    return found


def _exercise(cells, chapter, count, name):
    statement, *code = cells
    match = STATEMENT.fullmatch(statement.source)
    if not match:
        return [f"{statement.id}: not written as an exercise is, see CONTRIBUTING.md"]
    found = []
    chapters = {match[1], match[3], match[7]}
    counts = {match[2], match[4], match[8]}
    if (chapters, counts, match[6]) != ({chapter}, {count}, name):
        found.append(f"{statement.id}: expected exercise {chapter}.{count} and its solution")
    if [cell.cell_type for cell in code] != ["code", "code"]:
        return [*found, f"{statement.id}: a cell to work in and one that checks must follow"]
    work, check = code
    if work.source != f"# 练习 {chapter}.{count} 写在这里":
        found.append(f"{work.id}: expected '# 练习 {chapter}.{count} 写在这里'")
    if exercise_of(check) != (f"{chapter}.{count}", True):
        found.append(f'{check.id}: expected d2l.check_answer("{chapter}.{count}", ...)')
    if "还没有作答" not in _printed(check):
        found.append(f"{check.id}: it must say that there is no answer yet")
    return found


def problems_of_solutions(notebook, number, name):
    """All that is wrong with the solutions of chapter ``number``, whose file is ``name``."""
    found = []
    heads = [cell for cell in notebook.cells if cell.source.startswith("## 练习")]
    for count, cell in enumerate(heads, start=1):
        match = SOLUTION.fullmatch(cell.source)
        wanted = [f"{number}", f"{count}"]
        if not match or not (
            [*match.group(1, 2)] == [*match.group(3, 4)] == [*match.group(6, 7)] == wanted
            and match[5] == name
        ):
            found.append(f"{cell.id}: not written as a solution is, see CONTRIBUTING.md")
    checked = []
    for cell in notebook.cells:
        given = exercise_of(cell) if cell.cell_type == "code" else None
        if given:
            checked.append(given[0])
            if _printed(cell) != f"练习 {given[0]}：对。\n":
                found.append(f"{cell.id}: its answer is not called right")
    wanted = [f"{number}.{count}" for count in range(1, len(heads) + 1)]
    if checked != wanted:
        found.append(f"checked are {checked}, expected each exercise once: {wanted}")
    return found


def numbers_of(notebook):
    """The numbers of the exercises that a notebook states or solves, in order."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    return [
        found for text in texts for found in re.findall(r'<a id="(?:ex|sol)-(\d+-\d+)"></a>', text)
    ]


def _printed(cell):
    return "".join(output.get("text", "") for output in cell.outputs)
