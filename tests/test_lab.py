"""``make lab`` serves the notebooks, trusted, on a machine without a browser."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from lab_server import check, private, served

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(
    os.name == "nt" or not shutil.which("make"), reason="the Makefile is for POSIX systems"
)
@pytest.mark.skipif(Path(sys.prefix) != ROOT / ".venv", reason="make lab runs in .venv")
def test_lab_serves_trusted_notebooks(tmp_path):
    # What is installed, by make or by the README's commands, is not installed again.
    command = ["make", "--old-file=.venv/.lab", "lab", "PORT=18888"]
    with served(command, ROOT, private(tmp_path)) as address:
        assert "/lab/tree/index.ipynb?" in address
        check(address)
