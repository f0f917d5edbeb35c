"""The three engines as parameters of tests; None is Chromium, which Playwright drives."""

import firefox
import pytest
import webkit

# All tests in one engine go to one worker, so that it is started once.
ENGINES = [
    pytest.param(engine, id=name, marks=pytest.mark.xdist_group(name))
    for name, engine in {"chromium": None, "firefox": firefox, "webkit": webkit}.items()
]
