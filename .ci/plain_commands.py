"""Do what the README says for those without make, here: its commands of lab, or of test.

Standard library only, because nothing is installed when it starts.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from lab_server import check, private, served
from readme_commands import ROOT, commands


def lab(lines):
    """Install, trust, start JupyterLab, ask it for its page and a notebook, and stop it."""
    *before, start = lines
    with tempfile.TemporaryDirectory() as folder:
        env = private(folder)
        for line in before:
            run(line, env)
        flags = "--port=18890" + (" --allow-root" if os.geteuid() == 0 else "")
        with served(["sh", "-c", f"exec {start} {flags}"], ROOT, env) as address:
            check(address)
    print("JupyterLab serves the notebooks, trusted, and asks nothing about its news")


def test(lines):
    """Install what tests need, and run them; the checkout stays as it was."""
    for line in lines:
        run(line, dict(os.environ))
    changed = subprocess.run(["git", "diff", "--stat", "--exit-code"], cwd=ROOT, check=False)
    if changed.returncode:
        sys.exit("the commands must leave the checkout as it was, got the changes above")


def run(line, env):
    """Run one line of the README as its reader does."""
    print(f">> {line}", flush=True)
    if subprocess.run(["sh", "-c", line], cwd=ROOT, env=env, check=False).returncode:
        sys.exit(f"this command of the README must succeed, got an error: {line}")


if __name__ == "__main__":
    purpose = sys.argv[1]
    {"lab": lab, "test": test}[purpose](commands("README.md")["sh", purpose])
