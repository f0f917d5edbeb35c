"""The READMEs' plain commands: one set, in both languages and shells, and what make does.

.ci/plain_commands.py runs them, in a fresh clone.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from readme_commands import SECTIONS, commands

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = commands("README.md")


def test_both_languages_give_the_same_commands():
    assert commands("README.en.md") == COMMANDS


def as_posix(line):
    """Translate a command from PowerShell; what has no counterpart stays and is found."""
    line = re.sub(r"^py ", "python3 ", line)
    # Neither shell finds files in folders below folders by a pattern alone.
    every = r"^(.*) \(Get-ChildItem (\S+) -Recurse (\S+)\)\.FullName$"
    line = re.sub(every, r"find \2 -name '\3' -exec \1 {} +", line)
    return line.replace(".venv\\Scripts\\", ".venv/bin/").replace("\\", "/")


@pytest.mark.parametrize("purpose", ["lab", "test"])
def test_powershell_does_the_same(purpose):
    lines = COMMANDS["powershell", purpose]
    assert [as_posix(line) for line in lines] == COMMANDS["sh", purpose]
    for line in lines:
        bare = re.sub(r'"[^"]*"', "", line)
        assert "@" not in bare, "PowerShell takes a bare @ for an array: quote it"
        assert "*" not in re.sub(r"\(Get-ChildItem [^)]*\)", "", bare), "it expands no pattern"
        assert "&&" not in bare, "PowerShell 5 has no &&"


@pytest.mark.skipif(
    os.name == "nt" or not shutil.which("make"), reason="the Makefile is for POSIX systems"
)
@pytest.mark.parametrize("purpose", ["lab", "test"])
def test_make_does_the_same(purpose):
    names = ["PYTHON=python3", "NOTEBOOKS=notebooks/*.ipynb"]
    make = ["make", "--dry-run", "--always-make", *names, purpose]
    done = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for line in COMMANDS["sh", purpose]:
        assert re.search(rf"^{re.escape(line)}( |$)", done, flags=re.MULTILINE), line


def test_the_weekly_run_uses_them():
    text = (ROOT / ".github/workflows/weekly.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["plain-commands"]["steps"]
    run = {step.get("shell"): step["run"].splitlines() for step in steps if "run" in step}
    for shell, name in (("powershell", "pwsh"), ("sh", "bash")):
        venv = COMMANDS[shell, "lab"][0]
        assert [line for line in run[name] if ".venv" in line] == [venv, *COMMANDS[shell, "test"]]


@pytest.mark.parametrize("readme", SECTIONS)
def test_what_cannot_work_is_said_first(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    section = text.partition(f"## {SECTIONS[readme]}\n")[2]
    before = section.partition("```")[0]
    assert "Intel" in before
    assert "ARM" in before


@pytest.mark.parametrize("readme", SECTIONS)
def test_named_targets_exist(readme):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE))
    named = re.findall(r"\bmake ([a-z-]+)", (ROOT / readme).read_text(encoding="utf-8"))
    assert set(named) - {"make"} <= targets
