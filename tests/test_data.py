import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch

from d2lzh_pytorch import get_data_ch7
from d2lzh_pytorch.data import FILE_NAME, read_airfoil

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "d2lzh_pytorch"
RAW = (ROOT / "data" / "airfoil_self_noise.dat").read_bytes()
YACHTS = ROOT / "data" / "yacht_hydrodynamics.data"  # of the project's worked example


def test_file_is_the_published_one():
    assert len(RAW) == 58_481
    digest = "10ee06e6cfb27dae6b44213d421d217012fb1f9b697592e73a4e4016b52d425f"
    assert hashlib.sha256(RAW).hexdigest() == digest


def test_the_second_file_is_the_published_one():
    """The digest is the one that other public projects note for UCI's own file."""
    raw = YACHTS.read_bytes()
    assert len(raw) == 11_487
    digest = "00dfecc0fc01ddd4c90b558a3ac11b246df8ebcfea130724223475a9a67f0ea1"
    assert hashlib.sha256(raw).hexdigest() == digest


def test_the_second_table_is_as_described():
    """22 hulls at 14 speeds; the lengths that the ratios are made of fit together in each hull."""
    table = np.loadtxt(YACHTS)
    assert table.shape == (308, 7)
    np.testing.assert_array_equal(np.unique(table[:, 5]), np.arange(125, 451, 25) / 1000)
    hulls, counts = np.unique(table[:, :5], axis=0, return_counts=True)
    assert counts.tolist() == [14] * 22
    _, prismatic, displacement, draught, beam = hulls.T
    midship = beam**2 * draught / (prismatic * displacement**3)
    assert 0.63 < midship.min() < midship.max() < 0.67


def test_curvatures_of_the_second_regression():
    """From singular values, not from the Hessian as in the notebook."""
    table = np.loadtxt(YACHTS)
    scaled = (table - table.mean(axis=0)) / table.std(axis=0)
    X = np.column_stack([scaled[:, :6], np.ones(308)])
    expected = [1.69702, 1.48195, 1.00040, 1, 1, 0.81313, 0.00751]
    curvatures = np.linalg.svd(X, compute_uv=False) ** 2 / 308
    np.testing.assert_allclose(curvatures, expected, atol=5e-6)


def test_the_second_table_is_no_part_of_the_package():
    assert not list(PACKAGE.rglob("*yacht*"))


def test_readme_of_the_data_states_the_digests():
    readme = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    for raw in (RAW, YACHTS.read_bytes()):
        assert f"`{hashlib.sha256(raw).hexdigest()}`" in readme


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


def test_the_raw_table_is_the_file_in_float64():
    table = read_airfoil(ROOT / "data" / "airfoil_self_noise.dat")
    np.testing.assert_array_equal(table, np.loadtxt(ROOT / "data" / "airfoil_self_noise.dat"))
    assert set(table.dtypes) == {np.dtype("float64")}


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


@pytest.fixture
def package(tmp_path):
    """A copy of the package's code and data in a folder of its own."""
    compiled = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "d2lzh_pytorch", ignore=compiled)
    return tmp_path


def loaded(path, cwd):
    """What a program says that imports the package from ``path``: shape, or the error."""
    code = (
        "import d2lzh_pytorch as d\n"
        "try: print(d.__file__); print(tuple(d.get_data_ch7()[0].shape))\n"
        "except (FileNotFoundError, ValueError) as error: print(type(error).__name__, error)\n"
        "d.set_figsize(); d.plt.plot([1, 2]); d.plt.savefig('figure.svg')"
    )
    env = {**os.environ, "PYTHONPATH": str(path), "MPLBACKEND": "agg"}
    run = [sys.executable, "-W", "error", "-c", code]
    out = subprocess.run(run, env=env, cwd=cwd, check=True, capture_output=True, text=True)
    where, said = out.stdout.strip().split("\n", 1)
    assert where.startswith(str(path))
    return said


def loaded_from_zip(folder):
    """The same from a zip file, in a folder where nothing else is."""
    archive = shutil.make_archive(str(folder / "package"), "zip", folder, "d2lzh_pytorch")
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    return loaded(archive, elsewhere)


def test_a_copy_of_the_folder_finds_its_data(package):
    (package / "pyproject.toml").write_text("[project]\nname = 'another'\n")
    (package / ".git").mkdir()
    assert loaded(package, package) == "(1500, 5)"


def test_a_zip_finds_its_data(package):
    assert loaded_from_zip(package) == "(1500, 5)"


def test_wheel_ships_the_data(tmp_path):
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", tmp_path, ROOT], check=True, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    # Beside somebody else's project file.
    (tmp_path / "site" / "pyproject.toml").write_text("[project]\nname = 'another'\n")
    assert loaded(tmp_path / "site", tmp_path) == "(1500, 5)"


def test_the_two_copies_are_one_file():
    assert (PACKAGE / FILE_NAME).read_bytes() == RAW


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_is_refused(case, tmp_path):
    content, message = BROKEN[case]
    path = tmp_path / "airfoil.dat"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message) as error:
        read_airfoil(path)
    assert str(error.value).startswith(f"data file {path} ")
    assert str(error.value).rpartition("; ")[2].endswith("doi 10.24432/C5VW2C)")


ORIGIN = "(original: UCI Machine Learning Repository, data set 291, doi 10.24432/C5VW2C)"


def test_missing_in_a_checkout():
    gone = ROOT / "gone.dat"
    remedy = f"restore it with 'git checkout -- d2lzh_pytorch/{FILE_NAME}' {ORIGIN}"
    with pytest.raises(FileNotFoundError) as error:
        read_airfoil(gone)
    assert str(error.value) == f"data file {gone} is missing; {remedy}"


def test_missing_in_a_copy_where_the_remedy_works(package):
    """In somebody's own repository, git cannot bring it back: copying it can."""
    (package / ".git").mkdir()
    file = package / "d2lzh_pytorch" / FILE_NAME
    file.unlink()
    remedy = f"copy {FILE_NAME} from the project's folder data into {file.parent} {ORIGIN}"
    assert loaded(package, package) == (f"FileNotFoundError data file {file} is missing; {remedy}")
    shutil.copy(ROOT / "data" / FILE_NAME, file.parent)
    assert loaded(package, package) == "(1500, 5)"


def test_missing_in_a_zip(package):
    (package / "d2lzh_pytorch" / FILE_NAME).unlink()
    said = loaded_from_zip(package)
    assert said.startswith("FileNotFoundError data file ")
    assert f"; copy {FILE_NAME} from the project's folder data into " in said


def test_missing_in_an_installation(package):
    site = package / "site-packages"
    (package / "d2lzh_pytorch" / FILE_NAME).unlink()
    site.mkdir()
    (package / "d2lzh_pytorch").rename(site / "d2lzh_pytorch")
    assert loaded(site, package).endswith(
        "; in the project's folder, 'pip install --force-reinstall --no-deps .' " + ORIGIN
    )


def test_altered_in_a_copy(package):
    file = package / "d2lzh_pytorch" / FILE_NAME
    file.write_bytes(RAW.replace(b"126.201", b"126.202", 1))
    assert "ValueError data file" in loaded(package, package)
    assert "was altered: its SHA-256 is" in loaded(package, package)
