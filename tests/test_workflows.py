"""Workflows run fixed code with few rights; the issue form asks for what an answer needs."""

import re
from pathlib import Path

import pytest
import yaml

GITHUB = Path(__file__).resolve().parents[1] / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
NAMES = [path.name for path in WORKFLOWS]


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_actions_are_pinned_by_commit(path):
    lines = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    steps = [step for job in read(path)["jobs"].values() for step in job["steps"]]
    assert len(lines) == len([step for step in steps if "uses" in step]) > 0
    for line in lines:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_one_version_of_each_action():
    lines = {
        line for path in WORKFLOWS for line in re.findall(r"uses: (.*)", path.read_text("utf-8"))
    }
    assert len(lines) == len({line.partition("@")[0] for line in lines})


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_workflows_may_only_read_and_end(path):
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert all(job["timeout-minutes"] <= 60 for job in workflow["jobs"].values())


def test_the_issue_form_asks_for_cell_values_and_versions():
    form = read(GITHUB / "ISSUE_TEMPLATE" / "number-differs.yml")
    assert form["name"]
    assert form["description"]
    fields = {part["id"]: part for part in form["body"] if part["type"] != "markdown"}
    required = {
        name for name, part in fields.items() if part.get("validations", {}).get("required")
    }
    assert required == {"where", "recorded", "seen", "versions", "installed"}
    assert all(part["attributes"]["label"] for part in fields.values())
    cell = re.search(r"`(import .*)`", fields["versions"]["attributes"]["description"])[1]
    compile(cell, "the cell of the form", "exec")
