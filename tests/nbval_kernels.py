"""A pytest plugin, loaded from pyproject.toml: in which environment the kernels of nbval start."""

import os
import shlex

import pytest


def pytest_configure(config):
    """No progress bar of a slow machine in the outputs that are compared, and no crowd of threads:
    the notebooks run side by side.
    """
    if config.getoption("nbval", default=False):
        os.environ["TQDM_DISABLE"] = "1"
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # else they wait by computing


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    """A notebook's first cell starts its kernel. Those of the English notebooks, which run the code
    of their twins, take the variables in BOOK_ENGLISH_KERNELS: so one run compares two processors.
    """
    with pytest.MonkeyPatch.context() as patch:
        if "en" in item.path.parts:
            for given in shlex.split(os.environ.get("BOOK_ENGLISH_KERNELS", "")):
                patch.setenv(*given.split("=", 1))
        return (yield)
