"""``make run`` records what a cell printed in one piece, however long the cell took over it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).resolve().parents[1]
SLOW = """import time
for word in ("one", "two", "three"):
    print(word, end=" ", flush=True)
    time.sleep(0.3)"""


@pytest.mark.skipif(
    os.name == "nt" or not shutil.which("make"), reason="the Makefile is for POSIX systems"
)
def test_slow_lines_are_one_stream(tmp_path):
    path = tmp_path / "slow.ipynb"
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(new_notebook(cells=[new_code_cell(SLOW)], metadata=metadata), path)
    given = [f"BIN={Path(sys.executable).parent}", f"NOTEBOOKS={path}"]
    make = ["make", "--dry-run", "--old-file=.venv/.test", "run", *given]
    recipe = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (record,) = [line for line in recipe.replace("\\\n", " ").splitlines() if "nbconvert" in line]
    subprocess.run(["sh", "-c", record], cwd=ROOT, check=True, capture_output=True)
    (cell,) = nbformat.read(path, as_version=4).cells
    assert [output.text for output in cell.outputs] == ["one two three "]
