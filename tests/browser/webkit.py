"""WebKitGTK, Safari's engine on Linux, in a window on a screen that nobody sees."""

import contextlib
import os
import shutil
import subprocess
import warnings

from selenium import webdriver
from tabs import WebKitTab

PROGRAMS = ("WebKitWebDriver", "Xvfb")
NAME = "WebKitGTK"
REMEDY = "apt-get install webkit2gtk-driver xvfb"


def program():
    return all(map(shutil.which, PROGRAMS))


@contextlib.contextmanager
def screen():
    """Start a display; yield its name."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, **options) as display:
        try:
            yield f":{display.stdout.readline().strip()}"
        finally:
            display.terminate()


@contextlib.contextmanager
def start(width=1440, height=900):
    options = webdriver.WebKitGTKOptions()
    options.add_argument("--automation")
    with screen() as display:
        # Its sandbox does not start in containers.
        env = {**os.environ, "DISPLAY": display, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        service = webdriver.WebKitGTKService(shutil.which(PROGRAMS[0]), env=env)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of selenium, about itself
            driver = webdriver.WebKitGTK(options=options, service=service)
        with driver:
            driver.set_window_size(width, height)
            yield WebKitTab(driver)
