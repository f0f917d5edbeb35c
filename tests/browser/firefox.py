"""Firefox as a distribution ships it, without geckodriver: it speaks WebDriver BiDi by itself."""

import contextlib
import re
import shutil
import subprocess
import tempfile
import threading

from selenium.webdriver.remote.websocket_connection import WebSocketConnection
from tabs import FirefoxTab

NAME = "Firefox"
REMEDY = "apt-get install firefox-esr"


def program():
    return shutil.which("firefox-esr") or shutil.which("firefox")


@contextlib.contextmanager
def socket():
    """Start Firefox without a window; yield the address at which it listens."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program(), "--headless", "--no-remote", "--profile", profile]
        command += ["--remote-debugging-port=0", "about:blank"]
        options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, **options) as process:
            try:
                heard = (re.search(r"BiDi listening on (ws:\S+)", line) for line in process.stderr)
                address = next(filter(None, heard))[1]
                # Read on, or Firefox waits for somebody to read.
                threading.Thread(target=process.stderr.read, daemon=True).start()
                yield address
            finally:
                process.kill()  # it takes ten seconds to close properly


@contextlib.contextmanager
def start(width=1440, height=900):
    with socket() as address:
        connection = WebSocketConnection(f"{address}/session", timeout=60, interval=0.002)

        def send(method, **params):
            reply = connection.send_cmd(method, params)
            if "error" in reply:
                raise RuntimeError(f"{method}: {reply['error']}: {reply['message']}")
            return reply["result"]

        send("session.new", capabilities={})
        # In the tab that it opens by itself, the address bar has the focus.
        context = send("browsingContext.create", type="tab")["context"]
        size = {"width": width, "height": height}
        send("browsingContext.setViewport", context=context, viewport=size)
        yield FirefoxTab(send, context)
        connection.close()
