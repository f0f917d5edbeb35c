import matplotlib
import pytest

matplotlib.use("agg")

import d2lzh_pytorch as d2l


@pytest.fixture(scope="session")
def data():
    return d2l.get_data_ch7()


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    d2l.plt.close("all")


def sgd_momentum(params, states, hyperparams):
    """v <- gamma v + eta g, x <- x - v: written again here, apart from the notebooks."""
    for p, v in zip(params, states, strict=True):
        v[:] = hyperparams["momentum"] * v + hyperparams["lr"] * p.grad
        p.data -= v
