"""A browser and two ways to the built site: over a server, and as plain files."""

import functools
import http.server
import threading

import chromium
import pytest
from book import HTML
from playwright.sync_api import sync_playwright


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def server():
    handler = functools.partial(Quiet, directory=HTML)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        yield browser


def failure(request):
    """A request that failed; one that the reader's next click cut short did not."""
    return [] if "ERR_ABORTED" in request.failure else [f"failed: {request.url}"]


@pytest.fixture
def open_page(browser):
    """Open an address in a fresh context; what goes wrong there is in ``page.trouble``."""
    contexts = []

    def opened(url, width=1440, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.trouble, page.requested = [], []
        home = url.split("/", 3)[2]
        harmless = ("log", "info", "debug")
        page.on("console", lambda m: m.type in harmless or page.trouble.append(m.text))
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on("requestfailed", lambda r: page.trouble.extend(failure(r)))

        def note(request):
            page.requested.append(request.url)
            if request.url.split("/", 3)[2] != home and not request.url.startswith("data:"):
                page.trouble.append(f"elsewhere: {request.url}")

        page.on("request", note)
        page.goto(url, wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()
