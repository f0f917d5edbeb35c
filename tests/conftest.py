import os

# Workers share the processor: threads of their own would wait for each other. Before numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import matplotlib
import pytest
import torch

matplotlib.use("agg")

import d2lzh_pytorch as d2l


@pytest.fixture(scope="session")
def data():
    return d2l.get_data_ch7()


@pytest.fixture(scope="session")
def data64():
    return d2l.get_data_ch7(dtype=torch.float64)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    d2l.plt.close("all")
