"""Warnings that point at the line of the reader's own code."""

import inspect
import os
import warnings

HOME = os.path.dirname(__file__) + os.sep


def warn(message: str) -> None:
    """Issue a RuntimeWarning at the first caller outside of this package."""
    level = 1
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_filename.startswith(HOME):
        frame = frame.f_back
        level += 1
    warnings.warn(message, RuntimeWarning, stacklevel=level)
