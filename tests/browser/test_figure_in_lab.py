"""The interactive figure in a real JupyterLab: in a notebook it trusts, and in one it does not."""

import shutil
import subprocess
import sys

import pytest
from book import ROOT
from figure_driver import Figure, expected
from lab_server import fetch, private, served

TRUSTED, UNTRUSTED = "02_momentum_traces.ipynb", "01_gradient_descent_problem.ipynb"
JUPYTER = [sys.executable, "-m", "jupyter"]
pytestmark = pytest.mark.xdist_group("lab")  # one server for both tests


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Serve copies of the notebooks with a list of trust of its own, which has one of them."""
    folder = tmp_path_factory.mktemp("lab")
    books = folder / "books"
    books.mkdir()
    for name in (TRUSTED, UNTRUSTED):
        shutil.copy(ROOT / "notebooks" / name, books)
    env = private(folder)
    trust = [*JUPYTER, "trust", str(books / TRUSTED)]
    subprocess.run(trust, env=env, check=True, capture_output=True)
    # As readers have it: that of nbdime, a tool for maintainers, complains in the console.
    options = ["--no-browser", "--allow-root", "--port=0", "--LabApp.labextensions_path=[]"]
    with served([*JUPYTER, "lab", *options], books, env) as address:
        fetch(address)  # it prints its address a moment before it listens
        yield address


@pytest.fixture
def open_notebook(lab, open_page):
    def opened(name):
        address = lab.replace("/lab", f"/lab/workspaces/{name[:2]}/tree/{name}", 1)
        page = open_page(address, width=1500, height=1000)
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
        # Cells out of sight are not drawn, and do not count as visible.
        page.locator(".momentum-explorer").wait_for(timeout=60_000, state="attached")
        page.locator(".momentum-explorer").evaluate("host => host.scrollIntoView()")
        return page

    return opened


def test_trusted_it_is_alive_without_running_anything(open_notebook):
    page = open_notebook(TRUSTED)
    figure = Figure(page, "momentum")
    assert figure.end() == expected(0.4, 0.5)
    figure.type(eta=0.6, gamma=0.25, kappa=33, steps=44)
    assert figure.end() == expected(0.6, 0.25, kappa=33, steps=44)
    figure.press("(0.6, 0.5)")
    assert figure.end() == "epoch 20, x1 0.007188, x2 0.002553"

    figure.drag("setting", -40, -20)
    eta, gamma = figure.numbers("setting")
    assert eta < 0.6
    assert gamma > 0.5
    assert figure.end() == expected(eta, gamma)

    # JupyterLab's own keys stay away: arrows would change the cell, d d would delete it.
    cells, active = page.locator(".jp-Cell"), page.locator(".jp-Cell.jp-mod-active")
    count, before = cells.count(), active.inner_text()
    for key in ("ArrowUp", "d", "d", "a"):
        figure.handle("setting").press(key)
    assert figure.numbers("setting") == pytest.approx((eta, gamma + 0.01))
    assert cells.count() == count
    assert active.inner_text() == before
    assert not figure.root.locator("img").is_visible()
    assert page.trouble == []


def test_untrusted_it_is_a_still_figure_until_the_notebook_is_run(open_notebook):
    page = open_notebook(UNTRUSTED)
    still = page.locator(".momentum-explorer img")
    still.wait_for(timeout=30_000)  # to be visible
    assert still.evaluate("image => image.complete && image.naturalWidth > 300")
    assert len(still.get_attribute("alt")) > 30
    hint = page.locator(".momentum-explorer p").inner_text()
    assert "Run All Cells" in hint
    assert page.locator(".momentum-explorer").evaluate("host => host.shadowRoot") is None
    assert page.trouble == []

    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.locator("#explorer-bowl").wait_for(timeout=120_000, state="attached")
    figure = Figure(page, "bowl")
    assert figure.end() == expected(0.4, 0)
    figure.type(eta=0.48)
    assert figure.end() == expected(0.48, 0)
    assert page.trouble == []
