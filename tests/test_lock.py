"""requirements.txt: exact pins for every platform and Python; other files carry its versions."""

import json
import re
import sys
import tomllib
from itertools import product
from pathlib import Path

import pytest
import yaml
from check_lock import PLATFORMS, PYTHONS, pins, read_lock
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
TEXT = (ROOT / "requirements.txt").read_text(encoding="utf-8")
LOCK = {pin.name: pin for pin in read_lock()}
CONDA_NAMES = {"pytorch-cpu": "torch", "matplotlib-base": "matplotlib"}
REMEDY = "run make lock, then carry the version over"


def version(name):
    """Return the version to which the lock pins a package."""
    (specifier,) = LOCK[name].specifier
    return specifier.version


def test_every_line_is_an_exact_pin():
    for line in TEXT.splitlines():
        pin = Requirement(line) if line.strip() and not line.lstrip().startswith("#") else None
        if pin is None:
            continue
        (specifier,) = pin.specifier
        assert specifier.operator == "==", line
        assert "*" not in specifier.version, line
        assert Version(specifier.version).local is None, line
        assert (pin.url, pin.extras) == (None, set()), line


def test_one_version_for_all():
    """Recorded outputs may not depend on the platform or the Python."""
    names = [pin.name for pin in read_lock()]
    assert len(names) == len(set(names))


def test_the_lock_names_no_index_and_nothing_of_one_build():
    assert not re.search(r"://|--[a-z]", TEXT)
    assert [name for name in LOCK if re.match(r"nvidia|cuda|triton", name)] == []
    assert version("torch") == "2.13.0"


@pytest.mark.parametrize(("platform", "python"), [*product(PLATFORMS, PYTHONS)])
def test_every_extra_is_pinned_everywhere(platform, python):
    there = dict(pin.split("==") for pin in pins(platform, python, read_lock()))
    lines = [*PROJECT["dependencies"], *(line for extra in EXTRAS.values() for line in extra)]
    for wanted in map(Requirement, lines):
        if wanted.name != PROJECT["name"]:
            pinned = there.get(wanted.name, "nothing")
            assert pinned in wanted.specifier, (
                f"{wanted} must be pinned, got {pinned}: run make lock"
            )


def test_markers_are_evaluated_for_the_target():
    """What Windows, macOS and the oldest Python need in addition, and the others do not."""

    def names(platform, python):
        return {pin.partition("==")[0] for pin in pins(platform, python, read_lock())}

    linux = names("Linux x86-64", "3.12.0")
    assert not {"overrides", "appnope", "pywinpty"} & linux
    assert names("Linux ARM64", "3.13.0") == linux
    assert names("Linux x86-64", "3.11.0") == linux | {"overrides"}
    assert names("macOS ARM64", "3.12.0") == linux | {"appnope"}
    assert names("Windows x86-64", "3.12.0") == linux - {"pexpect", "ptyprocess"} | {"pywinpty"}


def environment_lines():
    """Return (name, version, comment) of each line of environment.yml; versions may be empty."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if re.match(r"\s+- \S", line)]
    # Not those that only open a list, nor the channel.
    lines = [line for line in lines if not re.fullmatch(r"\s+- (conda-forge|pip:)", line)]
    return [re.fullmatch(r"\s+- (-e \.|[^=\s]+)=?(\S*)(.*)", line).groups() for line in lines]


def test_environment_gives_the_versions_of_the_lock():
    lines = {name: number for name, number, _ in environment_lines()}
    assert lines.pop("-e .") == ""
    assert Requirement(f"python{PROJECT['requires-python']}").specifier.contains(
        lines.pop("python")
    )
    for name, number in lines.items():
        assert number == version(CONDA_NAMES.get(name, name)), f"environment.yml, {name}: {REMEDY}"
    wanted = {Requirement(line).name for line in [*PROJECT["dependencies"], *EXTRAS["lab"]]}
    assert wanted <= {CONDA_NAMES.get(name, name) for name in lines}


def test_environment_says_who_needs_each_line():
    for name, _, comment in environment_lines():
        assert re.match(r"  # \w+", comment), name


def test_pre_commit_uses_the_versions_of_the_lock():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repository in config["repos"] for hook in repository["hooks"]]
    for hook in hooks:
        for pin in map(Requirement, hook["additional_dependencies"]):
            assert str(pin.specifier) == f"=={version(pin.name)}", f"{hook['id']}: {REMEDY}"
    assert {hook["id"] for hook in hooks} == {"ruff-check", "ruff-format", "notebooks"}
    (given,) = (hook["additional_dependencies"] for hook in hooks if hook["id"] == "notebooks")
    names = {"PIL": "pillow"}
    source = (ROOT / "tests" / "hygiene.py").read_text(encoding="utf-8")
    imported = set(re.findall(r"^(?:import|from) (\w+)", source, re.MULTILINE))
    ours = {path.stem for path in (ROOT / "tests").glob("*.py")}
    foreign = imported - set(sys.stdlib_module_names) - ours
    wanted = {names.get(name, name) for name in foreign}
    assert wanted == {Requirement(pin).name for pin in given}, "what hygiene.py imports"


def test_node_packages_are_pinned_and_locked_to_the_same_versions():
    """KaTeX typesets with its script, style sheet and fonts, all of one version."""
    wanted = json.loads((ROOT / "docs" / "package.json").read_text(encoding="utf-8"))
    packages = json.loads((ROOT / "docs" / "package-lock.json").read_text(encoding="utf-8"))[
        "packages"
    ]
    kinds = ("dependencies", "devDependencies")
    assert "katex" in wanted["dependencies"]
    assert [packages[""].get(kind) for kind in kinds] == [wanted.get(kind) for kind in kinds]
    for name, number in {**wanted[kinds[0]], **wanted[kinds[1]]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", number), f"docs/package.json, {name}"
        locked = packages[f"node_modules/{name}"]["version"]
        assert locked == number, f"{name}: run npm install --package-lock-only in docs"
