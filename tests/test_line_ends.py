"""A clone made on Windows has the bytes of the repository, and can be used under WSL."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(
    not (shutil.which("git") and (ROOT / ".git").exists()), reason="needs git and a checkout"
)


def git(*arguments, cwd):
    return subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, check=True).stdout


def test_no_line_end_is_converted(tmp_path):
    windows = ["-c", "core.autocrlf=true", "-c", "core.eol=crlf"]
    git(*windows, "clone", "--quiet", str(ROOT), "clone", cwd=tmp_path)
    names = git("ls-files", "-z", cwd=tmp_path / "clone").decode().split("\0")[:-1]
    assert names
    for name in names:
        committed = git("cat-file", "blob", f"HEAD:{name}", cwd=ROOT)
        assert (tmp_path / "clone" / name).read_bytes() == committed, name


def test_texts_are_committed_with_lf():
    listed = git("ls-files", "--eol", cwd=ROOT).decode().splitlines()
    wrong = [line for line in listed if line.startswith(("i/crlf", "i/mixed"))]
    assert wrong == [], "convert them: git add --renormalize ."
