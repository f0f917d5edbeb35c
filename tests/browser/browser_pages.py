"""A page of Chromium that notes what it asks for, and what goes wrong in it."""


def failure(request):
    """A request that failed; one that the reader's next click cut short did not."""
    return [] if "ERR_ABORTED" in request.failure else [f"failed: {request.url}"]


def opened_in(context, url):
    """Open an address in a page that notes what it asks for, and what goes wrong."""
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
