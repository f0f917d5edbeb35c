"""A notebook whose output differs: pytest names the cell and what to do. And what kernels get."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

ROOT = Path(__file__).resolve().parents[1]
BAR = "import os\nprint(os.environ['TQDM_DISABLE'])"
PROCESSOR = "import os\nprint(os.environ.get('PROCESSOR'))"


def cell(count, source, printed):
    output = new_output("stream", name="stdout", text=printed)
    return new_code_cell(source, execution_count=count, outputs=[output])


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What the run of ``make test`` prints on a sound notebook and on one that differs."""
    folder = tmp_path_factory.mktemp("books")
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    sound = new_notebook(cells=[cell(1, BAR, "1\n")], metadata=metadata)
    other = new_notebook(
        cells=[cell(1, BAR, "1\n"), cell(2, "print(0.25)", "0.24\n")], metadata=metadata
    )
    (folder / "en").mkdir()
    nbformat.write(sound, folder / "sound.ipynb")
    nbformat.write(other, folder / "other.ipynb")
    for place, words in ((folder, "None"), (folder / "en", "an older one")):
        cells = [cell(1, PROCESSOR, f"{words}\n")]
        nbformat.write(new_notebook(cells=cells, metadata=metadata), place / "kernel.ipynb")
    flags = ["--nbval", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider"]
    where = [f"--rootdir={ROOT}", f"--config-file={ROOT / 'pyproject.toml'}", folder]
    run = [sys.executable, "-m", "pytest", *flags, *where]
    env = {**os.environ, "BOOK_ENGLISH_KERNELS": "PROCESSOR='an older one'"}
    return subprocess.run(
        run, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    ).stdout


def test_the_differing_cell_is_named_as_jupyterlab_does(printed):
    assert "other.ipynb: cell [2]\n" in printed
    assert "sound.ipynb: cell" not in printed
    # The progress bar is off in the first cells; English kernels alone get the variables.
    assert "1 failed, 4 passed" in printed


def test_the_remedy_names_the_notebook(printed):
    remedy = printed.partition("outputs that differ from the recorded ones")[2]
    assert 'make run NOTEBOOKS="' in remedy
    assert 'make diff NOTEBOOKS="' in remedy
    assert remedy.count("other.ipynb") >= 3
    assert "sound.ipynb" not in remedy
