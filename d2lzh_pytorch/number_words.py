"""Numbers of a figure in words: three digits, and no noise around 0."""

import numpy as np


def values_in_words(values):
    """Shape and range of a field of values."""
    shape = " x ".join(str(n) for n in np.shape(values))
    low, high = ends(as_floats(values).ravel())
    return f"{shape} values from {rounded([low])} to {rounded([high])}"


def run_in_words(points):
    """Count, first, last and range of points."""
    points = as_floats(points)
    if not len(points):
        return "no points"
    first = rounded(points[0])
    last = rounded(points[-1])
    low, high = map(rounded, np.transpose([ends(column) for column in points.T]))
    return f"{len(points)} points, ({first}) to ({last}), within ({low}), ({high})"


def as_floats(values):
    """As an array of floats, nan where masked."""
    return np.ma.filled(np.ma.asarray(values).astype(float), np.nan)


def ends(values):
    """Least and largest value; nan only where there is no other."""
    known = values[~np.isnan(values)]
    return (known.min(), known.max()) if known.size else (np.nan, np.nan)


def rounded(values):
    """Write each value with three digits."""
    # Rounding noise around 0 differs between machines: it is 0 to a reader.
    return ", ".join(f"{0 if abs(x) < 1e-12 else x:.3g}" for x in values)
