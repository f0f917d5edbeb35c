"""The plain commands of a README, for those without make: by shell and purpose.

Standard library only: .ci/plain_commands.py runs before anything is installed.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECTIONS = {"README.md": "没有 make", "README.en.md": "Without make"}


def commands(readme):
    """Return {("powershell", "lab"): lines, ...}; each shell has two blocks, lab and test."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    section = re.search(rf"^## {SECTIONS[readme]}\n(.*?)^## ", text, re.DOTALL | re.MULTILINE)[1]
    found = {}
    for shell in ("powershell", "sh"):
        blocks = re.findall(rf"^```{shell}\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
        lab, test = (block.splitlines() for block in blocks)
        found |= {(shell, "lab"): lab, (shell, "test"): test}
    return found
