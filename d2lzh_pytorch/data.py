"""The airfoil self-noise data: find the file, check it, standardise it."""

import hashlib
from io import BytesIO
from pathlib import Path

import pandas as pd
import torch

FILE_NAME = "airfoil_self_noise.dat"
ROWS, COLUMNS = 1503, 6
TRAINING_ROWS = 1500
SHA256 = "10ee06e6cfb27dae6b44213d421d217012fb1f9b697592e73a4e4016b52d425f"
RESTORE = (
    f"restore it with 'git checkout -- data/{FILE_NAME}', or reinstall d2lzh_pytorch "
    "(original: UCI Machine Learning Repository, data set 291, doi 10.24432/C5VW2C)"
)


def airfoil_path():
    """Path of the data file: inside an installed wheel, or in ``data/`` of a checkout.

    Derived from this file, so the working directory does not matter.
    """
    package = Path(__file__).resolve().parent
    is_checkout = (package.parent / "pyproject.toml").exists()
    return package.parent / "data" / FILE_NAME if is_checkout else package / FILE_NAME


def read_airfoil(path):
    """Read and verify the raw table.

    Returns a DataFrame (1503, 6) of float64: frequency (Hz), angle of attack (deg), chord
    length (m), free-stream velocity (m/s), suction-side displacement thickness (m), scaled
    sound pressure level (dB).

    Raises FileNotFoundError if there is no file at ``path``, ValueError if it was truncated,
    holds something that is not a number, or differs from the original in any byte.
    """
    path = Path(path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(f"data file {path} is missing; {RESTORE}") from None
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise ValueError(f"data file {path} {_what_is_wrong(raw)}; {RESTORE}")
    return _parse(raw, dtype="float64")


def get_data_ch7():
    """Load the standardised regression data of chapter 7.

    Each column is standardised, (x - mean) / sd, over all 1,503 rows; the first 1,500 rows are
    returned as ``(features, labels)``: float32 tensors of shape (1500, 5) and (1500,), without
    unit. Raises FileNotFoundError or ValueError if the data file is not the original one.

    Source: Brooks, Pope and Marcolini (1989), NASA RP-1218; UCI data set 291.
    """
    table = read_airfoil(airfoil_path())
    # ddof=0: the population standard deviation, as in the published chapter.
    table = (table - table.mean()) / table.std(ddof=0)
    values = torch.tensor(table.to_numpy()[:TRAINING_ROWS], dtype=torch.float32)
    return values[:, :-1], values[:, -1]


def _parse(raw, **options):
    return pd.read_csv(BytesIO(raw), sep="\t", header=None, **options)


def _what_is_wrong(raw):
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
