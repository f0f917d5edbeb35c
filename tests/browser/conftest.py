"""Three browsers and two ways to the built site: over a server, and as plain files."""

import contextlib
import functools
import http.server
import os
import threading
from pathlib import Path

import chromium
import pytest
from book import HTML
from browser_pages import opened_in
from engines import ENGINES
from page_states import SETTLED
from playwright.sync_api import sync_playwright
from tabs import ChromiumTab

WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


class Watched(Quiet):
    """Puts ``watch.js`` into every page."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.suffix != ".html":
            return super().do_GET()
        page = path.read_text(encoding="utf-8")
        body = page.replace("<head>", f"<head><script>{WATCH}</script>", 1).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *args):
        """A browser that leaves a page drops what is under way: nothing to report."""


@contextlib.contextmanager
def serve(handler):
    make = functools.partial(handler, directory=HTML)
    with Server(("127.0.0.1", 0), make) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


@pytest.fixture(scope="session")
def server():
    with serve(Quiet) as address:
        yield address


@pytest.fixture(scope="session")
def watched():
    with serve(Watched) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        yield browser


@pytest.fixture
def open_page(browser):
    """Open an address in a fresh context; what goes wrong there is in ``page.trouble``."""
    contexts = []

    def opened(url, width=1440, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return opened_in(context, url)

    yield opened
    for context in contexts:
        context.close()


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items):
    """All tests that only read a page go to one worker, one after the other: it is loaded once."""
    for item in items:
        if "reading" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group(f"reading {item.callspec.params['name']}"))


@pytest.fixture(scope="session")
def reading(browser, server):
    """A page for tests that only read it: kept for its next test, at this width and scheme.

    What goes wrong on it is in ``page.trouble``, as with ``open_page``.
    """
    pages = {}
    with browser.new_context() as context:

        def opened(name, width=1440, scheme="light"):
            if name not in pages:
                for read in pages.values():
                    read.close()
                pages.clear()
                pages[name] = opened_in(context, f"{server}/{name}.html")
                pages[name].scheme = "as it comes"
            page = pages[name]
            if (page.viewport_size["width"], page.scheme) != (width, scheme):
                page.scheme = scheme
                page.bring_to_front()
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                page.evaluate("document.fonts.ready.then(() => null)")
                page.evaluate(SETTLED)
            return page

        yield opened


@contextlib.contextmanager
def start_chromium(browser):
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        yield ChromiumTab(context.new_page())


def installed(engine):
    """Where an engine is missing: an error where it is required (.ci/run), else a skip."""
    if engine.program():
        return engine
    words = f"{engine.NAME} is not here. Remedy: {engine.REMEDY}"
    give_up = pytest.fail if os.environ.get("BOOK_ENGINES") == "required" else pytest.skip
    return give_up(words)


@pytest.fixture(scope="session", params=ENGINES)
def tab(request):
    """One tab for the whole session in each engine."""
    if request.param:
        start = installed(request.param).start
    else:
        start = functools.partial(start_chromium, request.getfixturevalue("browser"))
    with start() as tab:
        yield tab
