"""The airfoil self-noise data: find the file, check it, standardise it."""

import hashlib
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import torch

FILE_NAME = "airfoil_self_noise.dat"
ROWS = 1503
COLUMNS = 6
TRAINING_ROWS = 1500
SHA256 = "10ee06e6cfb27dae6b44213d421d217012fb1f9b697592e73a4e4016b52d425f"
ORIGIN = "UCI Machine Learning Repository, data set 291, doi 10.24432/C5VW2C"


def airfoil_file() -> Traversable:
    """Return the data file, a resource of this package: on disk, or inside a zip."""
    return resources.files("d2lzh_pytorch").joinpath(FILE_NAME)


def read_airfoil(file: Traversable) -> pd.DataFrame:
    """Read and verify the raw table.

    Returns a DataFrame (1503, 6) of float64: frequency (Hz), angle of attack (deg), chord
    length (m), free-stream velocity (m/s), suction-side displacement thickness (m), scaled
    sound pressure level (dB).

    Raises FileNotFoundError if there is no such ``file``, ValueError if it was truncated,
    holds something that is not a number, or differs from the original in any byte.
    """
    try:
        raw = file.read_bytes()
    except OSError:
        raise FileNotFoundError(f"data file {file} is missing; {_remedy()}") from None
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise ValueError(f"data file {file} {_what_is_wrong(raw)}; {_remedy()}")
    return _parse(raw, dtype="float64")


def get_data_ch7(*, dtype: torch.dtype = torch.float32) -> tuple[torch.Tensor, torch.Tensor]:
    """Load the standardised regression data of chapter 7.

    Each column is standardised, (x - mean) / sd, over all 1,503 rows; the first 1,500 rows are
    returned as ``(features, labels)``: tensors of shape (1500, 5) and (1500,), without unit.
    The numbers are those of float32 in every wider ``dtype``: the same data, computed with more
    digits. Raises FileNotFoundError or ValueError if the data file is not the original one.

    Source: Brooks, Pope and Marcolini (1989), NASA RP-1218; UCI data set 291.

    >>> features, labels = get_data_ch7()
    >>> features.shape, labels.shape, features.dtype
    (torch.Size([1500, 5]), torch.Size([1500]), torch.float32)
    """
    if not (isinstance(dtype, torch.dtype) and dtype.is_floating_point):
        remedy = "pass torch.float32 or torch.float64"
        raise TypeError(f"dtype must be a floating torch.dtype, got {dtype!r}; {remedy}")
    table = read_airfoil(airfoil_file())
    # ddof=0: the population standard deviation, as in the published chapter.
    table = (table - table.mean()) / table.std(ddof=0)
    rows = table.to_numpy()[:TRAINING_ROWS].astype("float32")
    values = torch.from_numpy(rows).to(dtype)
    return values[:, :-1], values[:, -1]


def _parse(raw: bytes, **options: Any) -> pd.DataFrame:
    return pd.read_csv(BytesIO(raw), sep="\t", header=None, **options)


def _remedy() -> str:
    """Say what to do where this package lies: in a clone, installed, in a zip, or copied."""
    package = Path(__file__).parent
    top = package.parent
    copy = f"copy {FILE_NAME} from the project's folder data into {package}"
    if (top / ".git").exists() and (top / "notebooks" / "index.ipynb").exists():
        copy = f"restore it with 'git checkout -- {package.name}/{FILE_NAME}'"
    elif {"site-packages", "dist-packages"} & set(package.parts):
        copy = "in the project's folder, 'pip install --force-reinstall --no-deps .'"
    return f"{copy} (original: {ORIGIN})"


def _what_is_wrong(raw: bytes) -> str:
    """Say in words why ``raw`` cannot be the original file."""
    try:
        table = _parse(raw)
    except (ValueError, UnicodeDecodeError) as error:
        return f"is not a tab-separated table of numbers ({error})"
    if table.shape != (ROWS, COLUMNS):
        found = f"{table.shape[0]} rows and {table.shape[1]} columns"
        return f"must have {ROWS} rows and {COLUMNS} columns, got {found}"
    numbers = table.apply(pd.to_numeric, errors="coerce")
    if numbers.isna().to_numpy().any():
        row, column = (int(i[0]) for i in numbers.isna().to_numpy().nonzero())
        value = table.iloc[row, column]
        got = "no value" if pd.isna(value) else repr(value)
        return f"must hold numbers only, got {got} in line {row + 1}, column {column + 1}"
    return f"was altered: its SHA-256 is {hashlib.sha256(raw).hexdigest()}, not {SHA256}"
