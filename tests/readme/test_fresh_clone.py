"""Do what the README says, without make, in a fresh clone of the last commit: some minutes.

A run of pytest on its own leaves this folder out (norecursedirs), so that the tests which the
clone runs do not clone again.
"""

import os
import subprocess
from pathlib import Path

import pytest
from lab_server import check, private, served
from readme_commands import commands

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = commands("README.md")


def run(line, cwd):
    """Run one line in a shell; when it fails, show what it printed."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.run(["sh", "-c", line], cwd=cwd, env=private(cwd / ".git"), **options)
    assert done.returncode == 0, f"{line}\n{done.stdout}"
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone with the packages of ``make lab``, its notebooks trusted."""
    folder = tmp_path_factory.mktemp("fresh") / "book"
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    for line in COMMANDS["sh", "lab"][:-1]:
        run(line, folder)
    return folder


def test_lab(clone):
    line = COMMANDS["sh", "lab"][-1]
    assert " lab " in line
    flags = "--port=18890" + (" --allow-root" if os.geteuid() == 0 else "")
    with served(["sh", "-c", f"exec {line} {flags}"], clone, private(clone / ".git")) as address:
        check(address)


def test_tests(clone):
    for line in COMMANDS["sh", "test"]:
        printed = run(line, clone)
        print(line, *printed.splitlines()[-3:], sep="\n")
        if "pytest" in line:
            assert " passed" in printed
    changed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert changed.stdout == "", "the commands must leave the checkout as it was"
