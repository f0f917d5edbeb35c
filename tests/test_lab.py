"""``make lab`` serves the notebooks, trusted, on a machine without a browser."""

import shutil
import sys
from pathlib import Path

import pytest
from lab_server import check, private, served

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(not shutil.which("make"), reason="make lab needs make")
@pytest.mark.skipif(Path(sys.prefix) != ROOT / ".venv", reason="make lab runs in .venv")
def test_lab_serves_trusted_notebooks(tmp_path):
    # What is installed, by make or by the README's commands, is not installed again.
    command = ["make", "--old-file=.venv/.lab", "lab", "PORT=18888"]
    with served(command, ROOT, private(tmp_path)) as address:
        assert "/lab/tree/index.ipynb?" in address
        check(address)
