"""Start JupyterLab by a command, and ask it for its page and a notebook: for tests that do so.

Standard library only: .ci/plain_commands.py uses it where just JupyterLab is installed.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy to ourselves
ADDRESS = r"http://(?:localhost|127\S+?):\d+/lab\S*token=\w+"


def private(folder):
    """Return an environment whose JupyterLab opens no browser and trusts what ``folder`` lists."""
    env = {**os.environ, "BROWSER": "true"}
    env |= {"JUPYTER_DATA_DIR": str(folder), "JUPYTER_CONFIG_DIR": str(folder)}
    env.pop("JUPYTER_TOKEN", None)
    return env


@contextlib.contextmanager
def served(command, cwd, env):
    """Run the command, give the address that it prints, and stop it with all it started."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "start_new_session": True}
    with subprocess.Popen(command, cwd=cwd, env=env, text=True, **options) as server:
        give_up = threading.Timer(60, os.killpg, (server.pid, signal.SIGKILL))
        give_up.start()
        printed = ""
        try:
            for line in server.stdout:
                printed += line
                if found := re.search(ADDRESS, line):
                    give_up.cancel()
                    # Read on, or the server waits for somebody to read.
                    threading.Thread(target=server.stdout.read, daemon=True).start()
                    yield found[0].replace("localhost", "127.0.0.1")
                    break
            else:
                raise AssertionError(f"{command} printed no address:\n{printed}")
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


def check(address):
    """JupyterLab is there, asks nothing about its news, and trusts the notebooks."""
    page, token = re.fullmatch(r"(.*)/lab\S*\?(token=\w+)", address).groups()
    lab = fetch(f"{page}/lab?{token}")
    assert "JupyterLab" in lab
    disabled = re.search(r'"disabledExtensions": \[(.*?)\]', lab, flags=re.DOTALL)[1]
    assert "@jupyterlab/apputils-extension:announcements" in disabled
    notebook = json.loads(fetch(f"{page}/api/contents/index.ipynb?{token}"))["content"]
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code
    assert all(cell["metadata"]["trusted"] for cell in code)
