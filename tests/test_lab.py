"""``make lab`` serves the notebooks, trusted, on a machine without a browser."""

import json
import os
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy to ourselves
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def address(tmp_path):
    """Run ``make lab`` and give the address that it prints."""
    # BROWSER: the fixture must not open one; the data folder: nor touch the user's list of trust.
    env = {**os.environ, "BROWSER": "true", "JUPYTER_DATA_DIR": str(tmp_path)}
    env["JUPYTER_CONFIG_DIR"] = str(tmp_path)
    env.pop("JUPYTER_TOKEN", None)
    command = ["make", "lab", "PORT=18888"]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "start_new_session": True}
    with subprocess.Popen(command, cwd=ROOT, env=env, text=True, **options) as server:
        give_up = threading.Timer(60, os.killpg, (server.pid, signal.SIGKILL))
        give_up.start()
        printed = ""
        try:
            for line in server.stdout:
                printed += line
                if found := re.search(r"http://(localhost|127\S+?):\S+token=\w+", line):
                    yield found[0]
                    break
            else:
                pytest.fail(f"make lab printed no address:\n{printed}")
        finally:
            give_up.cancel()
            os.killpg(server.pid, signal.SIGKILL)


def fetch(url, attempts=60):
    """The body behind ``url``; the server prints its address a moment before it listens."""
    for _ in range(attempts):
        try:
            with DIRECT.open(url, timeout=30) as answer:
                return answer.read().decode()
        except urllib.error.URLError as error:
            last = error
            time.sleep(0.5)
    raise last


def test_lab_serves_trusted_notebooks(address):
    page, token = re.fullmatch(r"(.*)/lab/tree/index\.ipynb\?(token=\w+)", address).groups()
    assert "JupyterLab" in fetch(f"{page}/lab?{token}")
    notebook = json.loads(fetch(f"{page}/api/contents/index.ipynb?{token}"))["content"]
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code
    assert all(cell["metadata"]["trusted"] for cell in code)
