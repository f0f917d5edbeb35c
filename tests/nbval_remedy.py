"""A pytest plugin, loaded from pyproject.toml: what to do about an output that differs.

It is no conftest.py, because notebooks/ is the students' folder, and because the tests import
names from the one conftest.
"""

import re

REMEDY = """
A change that is meant is recorded with
    make run NOTEBOOKS="{notebooks}"
and looked at with
    make diff NOTEBOOKS="{notebooks}"
When nothing was changed, compare the installed versions with requirements.txt: the recorded
outputs belong to these (CONTRIBUTING.md says what else may differ)."""


def failed_cells(reports):
    """Return the failed cells by notebook, as JupyterLab numbers them: {path: [1, 4]}."""
    cells = {}
    for report in reports:
        if found := re.fullmatch(r"(.+\.ipynb)::Cell (\d+)", report.nodeid):
            cells.setdefault(found[1], []).append(int(found[2]) + 1)
    return cells


def pytest_terminal_summary(terminalreporter):
    """Name each notebook and cell whose output differs, and the remedy."""
    reports = terminalreporter.stats.get("failed", []) + terminalreporter.stats.get("error", [])
    cells = failed_cells(reports)
    if not cells:
        return
    terminalreporter.section("outputs that differ from the recorded ones")
    for notebook in sorted(cells):
        numbers = ", ".join(f"[{number}]" for number in sorted(cells[notebook]))
        terminalreporter.line(f"{notebook}: cell {numbers}")
    terminalreporter.line(REMEDY.format(notebooks=" ".join(sorted(cells))))
