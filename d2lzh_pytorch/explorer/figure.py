"""The interactive figure: a trace on its bowl, linked to the (eta, gamma) map.

It runs in the reader's browser; Python checks the settings and hands over limits, axes and texts.
"""

import html
import json
import math
import re
from dataclasses import dataclass
from numbers import Real
from string import Template
from typing import Any
from urllib.parse import quote

from d2lzh_pytorch import arguments
from d2lzh_pytorch.explorer.script import read, script
from d2lzh_pytorch.explorer.still import still_figure
from d2lzh_pytorch.locale import catalogue

LIMITS: dict[str, tuple[Any, Any]] = {
    "eta": (0.001, 1),
    "gamma": (0, 0.99),
    "kappa": (1, 1000),
    "steps": (1, 300),
    "x1": (-6, 4),
    "x2": (-3, 3),
}
AXES = {
    "x1": {"range": LIMITS["x1"], "ticks": (-6, -4, -2, 0, 2, 4)},
    "x2": {"range": LIMITS["x2"], "ticks": (-3, -2, -1, 0, 1, 2, 3)},
    "eta": {"range": (0, 1), "ticks": (0, 0.25, 0.5, 0.75, 1)},
    "gamma": {"range": (0, 1), "ticks": (0, 0.25, 0.5, 0.75, 1)},
    "share_of_steps": {"range": (0, 1), "ticks": (0, 0.5, 1)},
    "log10_f": {"range": (-8, 2), "ticks": (-8, -6, -4, -2, 0, 2)},
}


@dataclass(frozen=True)  # no NamedTuple: IPython prints every tuple in its own way
class Explorer:
    """An interactive figure as a notebook shows it: HTML, and the still figure in words."""

    html: str
    words: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html, "text/plain": self.words}


def explore_momentum(
    name: str,
    *,
    eta: float = 0.6,
    gamma: float = 0.5,
    kappa: float = 20,
    start: tuple[float, float] = (-5, -2),
    steps: int = 20,
    compare: bool = False,
) -> Explorer:
    r"""Interactive figure of momentum on f(x) = (4 / kappa x1^2 + 4 x2^2) / 2.

    v <- gamma v + eta grad f, x <- x - v, v = 0 at first. The reader moves ``start``, the settings
    and a point on the (eta, gamma) map; ``compare`` shows gradient descent with the same eta too.
    The numbers are those of ``trace_2d``, to the last bit.

    ``name`` makes the id, ``explorer-`` + name: use each name once a page. Returns an Explorer,
    which a notebook shows when it is the last expression of a cell; no kernel is needed from then
    on. Raises TypeError or ValueError for a name or setting out of range.

    >>> print(explore_momentum("bowl", eta=0.4).words.splitlines()[-1])
    - line 'momentum, $\gamma$ = 0.5': 21 points, (-5, -2) to (-0.0628, 0.0012), within ...
    """
    if not (isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9-]*", name)):
        remedy = "use lower-case letters, digits and hyphens, such as 'first-try'"
        raise ValueError(f"name must identify the figure on its page, got {name!r}; {remedy}")
    steps = arguments.check_integer("steps", steps, *LIMITS["steps"])
    x1, x2 = arguments.pair("start", start)
    given = {"eta": eta, "gamma": gamma, "kappa": kappa, "x1": x1, "x2": x2}
    settings = {key: _number(key, value) for key, value in given.items()}
    settings |= {"steps": steps, "compare": bool(compare)}
    return _figure(name, settings)


def _figure(name, settings):
    """Fill in the page around the script; the alt text carries the settings and the end."""
    texts = catalogue()
    picture, words, end = still_figure(settings)
    values = {key: f"{value:g}" for key, value in settings.items()}
    values["end"] = "({:.6g}, {:.6g})".format(*end)
    given = {"initial": settings, "limits": LIMITS, "axes": AXES, "texts": texts["figure"]}
    page = Template(read("figure.html")).substitute(
        name=name,
        language=texts["language"],
        settings=_attribute(json.dumps(given, ensure_ascii=False)),
        picture=quote(picture, safe=" !$'()*+,-./:;=@_~"),
        alt=html.escape(texts["still"]["alt"].format(**values)),
        hint=html.escape(texts["still"]["hint"]),
        script=script(),
    )
    return Explorer(page, words)


def _attribute(text):
    """Escape for an attribute in single quotes: JSON is full of double ones."""
    return html.escape(text, quote=False).replace("'", "&#39;")


def _number(name, value):
    low, high = LIMITS[name]
    if isinstance(value, bool) or not isinstance(value, Real | float):
        remedy = f"pass a plain number such as {high}"
        raise TypeError(
            f"{name} must be a number between {low} and {high}, got {value!r}; {remedy}"
        )
    if not (math.isfinite(value) and low <= value <= high):
        remedy = "the reader's own controls end there, so choose a value in this range"
        raise ValueError(f"{name} must be between {low} and {high}, got {value}; {remedy}")
    return float(value)
