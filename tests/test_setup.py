"""Each command of the Makefile installs the extra that it needs, once; one range of Pythons."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from check_lock import PYTHONS
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
needs_make = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("make"), reason="the Makefile is for POSIX systems"
)

INSTALLS = {
    "lab": {"lab"},
    "env": {"lab", "test"},
    "test": {"lab", "test"},
    "run": {"lab", "test"},
    "html": {"site"},
    "pdf": {"site"},
    "test-browser": {"lab", "test", "site"},
    "bench": {"site"},
    "lint": {"dev"},
    "diff": {"dev"},
    "lock": {"dev"},
    "check-lock": {"dev"},
}


def dry_run(folder, *arguments):
    """Return what make would do."""
    make = ["make", "--dry-run", "--no-print-directory", *arguments]
    return subprocess.run(make, cwd=folder, capture_output=True, text=True, check=True).stdout


@needs_make
@pytest.mark.parametrize("target", INSTALLS)
def test_each_target_installs_its_extra(target):
    commands = dry_run(ROOT, "--always-make", target)
    installed = re.findall(r'pip install -c requirements\.txt -e "\.\[(\w+)\]"', commands)
    assert set(installed) == INSTALLS[target]
    assert set(re.findall(r"^touch \.venv/\.(\w+)$", commands, re.MULTILINE)) == {
        "python",
        *installed,
    }
    assert commands.count("pip install") == len(installed)


@needs_make
def test_a_second_run_installs_nothing(tmp_path):
    (tmp_path / ".venv").mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    for stamp in (".python", ".lab", ".test"):
        (tmp_path / ".venv" / stamp).touch()
    assert "pip" not in dry_run(tmp_path, "test")
    (tmp_path / "requirements.txt").touch()
    assert "pip" in dry_run(tmp_path, "test")


def closure(requirement, extras, seen):
    """Collect into ``seen`` the names of all that an installed package asks for, with extras."""
    name = re.sub(r"[-_.]+", "-", requirement).lower()
    if (name, extras) in seen:
        return seen
    seen.add((name, extras))
    for wanted in map(Requirement, metadata.requires(name) or []):
        holds = [wanted.marker is None or wanted.marker.evaluate({"extra": e}) for e in extras]
        if any(holds):
            closure(wanted.name, ("", *sorted(wanted.extras)), seen)
    return seen


def test_who_opens_a_notebook_installs_no_tools():
    names = {name for name, _ in closure("d2lzh-pytorch", ("", "lab"), set())}
    assert {"torch", "jupyterlab", "ipykernel"} <= names
    assert not {"playwright", "sphinx", "pytest", "nbval", "ruff", "mypy", "uv"} & names


def declared(*extras):
    """Return the names of the dependencies, and of those of the extras."""
    lines = [*PROJECT["dependencies"]]
    for extra in extras:
        lines += PROJECT["optional-dependencies"][extra]
    return {Requirement(line).name for line in lines}


def test_what_the_tests_import_is_declared():
    paths = [*(ROOT / "tests").glob("*.py"), ROOT / ".ci" / "check_lock.py"]
    imported = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module.partition(".")[0])
    own = {path.stem for path in (ROOT / "tests").rglob("*.py")}
    own |= {"d2lzh_pytorch", "check_lock", "translation"}
    names = {"PIL": "pillow", "yaml": "pyyaml"}
    missing = imported - own - set(sys.stdlib_module_names)
    assert {names.get(name, name) for name in missing} <= declared("lab", "test")


def test_one_range_of_pythons():
    """The oldest and the newest Python are the same wherever they are named."""
    oldest = re.fullmatch(r">=(\d+\.\d+)", PROJECT["requires-python"])[1]
    newest = PYTHONS[-1].rpartition(".")[0]
    assert PYTHONS[0] == f"{oldest}.0" == PYPROJECT["tool"]["uv"]["pip"]["python-version"]
    assert PYPROJECT["tool"]["mypy"]["python_version"] == oldest
    assert PYPROJECT["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    low, high = (version.replace(".", ", ") for version in (oldest, newest))
    assert f"not ({low}) <= sys.version_info[:2] <= ({high})" in MAKEFILE
    assert f"Python {oldest} to {newest} is needed" in MAKEFILE
    for name, words in (("README.md", "{} 到 {}"), ("README.en.md", "{} to {}")):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert f"Python {words.format(oldest, newest)}" in text, name
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    versions = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert (versions[0], versions[-1]) == (oldest, newest)


def test_the_package_asks_for_ranges():
    """Somebody else's torch stays: exact versions are in the lock only."""
    lines = [*PROJECT["dependencies"], *PYPROJECT["build-system"]["requires"]]
    for extra in PROJECT["optional-dependencies"].values():
        lines += extra
    for wanted in map(Requirement, lines):
        operators = {specifier.operator for specifier in wanted.specifier}
        assert operators <= {">=", "<"}, wanted
    assert SpecifierSet(">=2.9.1") == Requirement(PROJECT["dependencies"][0]).specifier
