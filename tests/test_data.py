import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch

from d2lzh_pytorch.data import airfoil_path, get_data_ch7, read_airfoil

ROOT = Path(__file__).resolve().parents[1]
RAW = (ROOT / "data" / "airfoil_self_noise.dat").read_bytes()


def test_file_is_the_published_one():
    assert len(RAW) == 58_481
    digest = "10ee06e6cfb27dae6b44213d421d217012fb1f9b697592e73a4e4016b52d425f"
    assert hashlib.sha256(RAW).hexdigest() == digest


def test_shapes_and_dtypes():
    features, labels = get_data_ch7()
    assert (features.shape, labels.shape) == ((1500, 5), (1500,))
    assert features.dtype == labels.dtype == torch.float32


def test_standardised_over_all_rows():
    """Put back with the mean and sd of the raw table, the rows are the raw rows again."""
    raw = np.loadtxt(ROOT / "data" / "airfoil_self_noise.dat")
    features, labels = get_data_ch7()
    restored = np.column_stack([features, labels]) * raw.std(axis=0) + raw.mean(axis=0)
    np.testing.assert_allclose(restored, raw[:1500], rtol=1e-5, atol=2e-5)


def test_curvatures_of_the_regression():
    """Eigenvalues of the Hessian with a bias column, computed independently in numpy."""
    features, _ = get_data_ch7()
    X = np.column_stack([features.double(), np.ones(1500)])
    expected = [0.17369, 0.66650, 0.91806, 1.00004, 1.12616, 2.09848]
    np.testing.assert_allclose(np.linalg.eigvalsh(X.T @ X / 1500), expected, atol=5e-6)


def test_found_from_any_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert get_data_ch7()[0].shape == (1500, 5)


lines = RAW.splitlines(keepends=True)
BROKEN = {
    "truncated": (b"".join(lines[:700]), "must have 1503 rows and 6 columns, got 700 rows"),
    "cut in a row": (RAW[:-12], "must hold numbers only, got no value in line 1503, column 6"),
    "column gone": (b"\n".join(r.rsplit(b"\t", 1)[0] for r in lines), "1503 rows and 5 columns"),
    "non-numeric": (RAW.replace(b"126.201", b"loud", 1), "got 'loud' in line 1, column 6"),
    "altered": (RAW.replace(b"126.201", b"126.202", 1), "was altered: its SHA-256 is"),
    "line ends": (RAW.replace(b"\n", b"\r\n"), "was altered: its SHA-256 is"),
    "not text": (b"\xff\xfe\x00" * 99, "is not a tab-separated table of numbers"),
    "empty": (b"", "is not a tab-separated table of numbers"),
    "ragged": (RAW.replace(b"126.201", b"126.201\t7", 1), "must have 1503 rows|tab-separated"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_is_refused(case, tmp_path):
    content, message = BROKEN[case]
    path = tmp_path / "airfoil.dat"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message) as error:
        read_airfoil(path)
    assert str(path) in str(error.value)
    assert "restore it with 'git checkout" in str(error.value)


def test_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"gone\.dat is missing; restore it"):
        read_airfoil(tmp_path / "gone.dat")


def test_checkout_reads_the_file_in_data():
    assert airfoil_path() == ROOT / "data" / "airfoil_self_noise.dat"


def test_wheel_ships_the_data(tmp_path):
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", tmp_path, ROOT], check=True, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "import d2lzh_pytorch as d; from d2lzh_pytorch.data import airfoil_path;"
        "print(airfoil_path()); print(tuple(d.get_data_ch7()[0].shape))"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "MPLBACKEND": "agg"}
    run = [sys.executable, "-c", code]
    out = subprocess.run(run, env=env, cwd=tmp_path, check=True, capture_output=True, text=True)
    where, shape = out.stdout.splitlines()
    assert where.startswith(str(tmp_path / "site"))
    assert shape == "(1500, 5)"
