"""The interactive figure: a trace on its bowl, linked to the (eta, gamma) map.

It runs in the reader's browser, in ``explorer.js``; Python checks the settings and draws the still
figure of ``explorer.html``, which stands in wherever scripts may not run.
"""

import html
import io
import json
import math
import re
from dataclasses import dataclass
from importlib import resources
from numbers import Real
from string import Template
from urllib.parse import quote

from matplotlib.figure import Figure

from d2lzh_pytorch import arguments
from d2lzh_pytorch.figures import describe, plt
from d2lzh_pytorch.trace import trace_2d
from d2lzh_pytorch.trace_figure import show_trace_2d

STEEP = 4.0  # curvature of x2; that of x1 is STEEP / kappa
LIMITS = {
    "eta": (0.001, 1),
    "gamma": (0, 0.99),
    "kappa": (1, 1000),
    "steps": (1, 300),
    "x1": (-6, 4),
    "x2": (-3, 3),
}


@dataclass(frozen=True)  # no NamedTuple: IPython prints every tuple in its own way
class Explorer:
    """An interactive figure as a notebook shows it: HTML, and the still figure in words."""

    html: str
    words: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html, "text/plain": self.words}


def explore_momentum(
    name, *, eta=0.6, gamma=0.5, kappa=20, start=(-5, -2), steps=20, compare=False
):
    """Interactive figure of momentum on f(x) = (4 / kappa x1^2 + 4 x2^2) / 2.

    v <- gamma v + eta grad f, x <- x - v, v = 0 at first. The reader moves ``start``, the settings
    and a point on the (eta, gamma) map; ``compare`` shows gradient descent with the same eta too.
    The numbers are those of ``trace_2d``, to the last bit.

    ``name`` makes the id, ``explorer-`` + name: use each name once a page. Returns an Explorer,
    which a notebook shows when it is the last expression of a cell; no kernel is needed from then
    on. Raises TypeError or ValueError for a name or setting out of range.
    """
    if not (isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9-]*", name)):
        remedy = "use lower-case letters, digits and hyphens, such as 'first-try'"
        raise ValueError(f"name must identify the figure on its page, got {name!r}; {remedy}")
    arguments.check_integer("steps", steps, *LIMITS["steps"])
    x1, x2 = arguments.pair("start", start)
    given = {"eta": eta, "gamma": gamma, "kappa": kappa, "x1": x1, "x2": x2}
    settings = {key: _number(key, value) for key, value in given.items()}
    settings |= {"steps": int(steps), "compare": bool(compare)}
    return _figure(name, settings)


def _figure(name, settings):
    """Fill in the page around the script; the alt text carries the settings and the end."""
    ends, picture, words = _still(**settings)
    values = {key: f"{value:g}" for key, value in settings.items()}
    page = Template(_read("explorer.html")).substitute(
        values,
        name=name,
        end="({:.6g}, {:.6g})".format(*ends),
        settings=html.escape(json.dumps({"initial": settings, "limits": LIMITS})),
        picture=quote(picture, safe=" !$'()*+,-./:;=@_~"),
        script=_read("explorer.js"),
    )
    return Explorer(page, words)


def _still(eta, gamma, kappa, x1, x2, steps, compare):
    """Draw the trace without pyplot, so that nothing of the notebook's figures changes."""
    flat = STEEP / kappa

    def momentum(gamma):
        def step(x1, x2, v1, v2):
            v1, v2 = gamma * v1 + eta * flat * x1, gamma * v2 + eta * STEEP * x2
            return x1 - v1, x2 - v2, v1, v2

        return trace_2d(step, steps=steps, start=(x1, x2)).points

    runs = {"GD": momentum(0)} if compare or not gamma else {}
    runs |= {f"momentum, $\\gamma$ = {gamma:g}": momentum(gamma)} if gamma else {}
    with plt.style.context(["default", "d2lzh_pytorch.momentum"]), io.StringIO() as out:
        figure = Figure(figsize=(5.5, 3.2))
        axes = figure.add_subplot()
        show_trace_2d(lambda x1, x2: (flat * x1**2 + STEEP * x2**2) / 2, runs, ax=axes)
        axes.set_title(f"$\\eta$ = {eta:g}, $\\kappa$ = {kappa:g}", loc="left")
        figure.savefig(out, format="svg", metadata={"Date": None})
        svg = out.getvalue()
    return list(runs.values())[-1][-1], svg[svg.index("<svg") :], describe(figure)


def _read(file):
    return resources.files("d2lzh_pytorch").joinpath(file).read_text(encoding="utf-8")


def _number(name, value):
    low, high = LIMITS[name]
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number between {low} and {high}, got {value!r}")
    if not (math.isfinite(value) and low <= value <= high):
        raise ValueError(f"{name} must be between {low} and {high}, got {value}")
    return float(value)
