"""The still figure, which stands in wherever scripts may not run."""

import io

from matplotlib.figure import Figure

from d2lzh_pytorch.figure_words import describe
from d2lzh_pytorch.style import plt, style
from d2lzh_pytorch.svg import steady
from d2lzh_pytorch.trace import trace_2d
from d2lzh_pytorch.trace_figure import show_trace_2d

STEEP = 4.0  # curvature of x2, as in mathematics.mjs; that of x1 is STEEP / kappa


def still_figure(settings: dict) -> tuple[str, str, tuple[float, float]]:
    """Draw the runs of ``settings``; return SVG, the figure in words, and where the last run ends.

    Without pyplot, so that nothing of the notebook's figures changes; with the book's style
    whatever the reader's is, so that the same call gives the same bytes.
    """
    flat = STEEP / settings["kappa"]
    runs = _runs(settings, flat)
    with plt.style.context(["default", style()]):
        figure = Figure(figsize=(5.5, 3.2))
        axes = figure.add_subplot()
        if "GD" not in runs:  # momentum has its own colour and line when it is alone, too
            axes.set_prop_cycle(plt.rcParams["axes.prop_cycle"][1:])
        show_trace_2d(lambda x1, x2: (flat * x1**2 + STEEP * x2**2) / 2, runs, ax=axes)
        title = f"$\\eta$ = {settings['eta']:g}, $\\kappa$ = {settings['kappa']:g}"
        axes.set_title(title, loc="left")
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    svg = steady(out.getvalue())
    return svg[svg.index("<svg") :], describe(figure), list(runs.values())[-1][-1]


def _runs(settings, flat):
    """Points of gradient descent where it is shown, and of momentum where gamma is not 0."""
    eta = settings["eta"]

    def points(gamma):
        def step(x1, x2, v1, v2):
            v1 = gamma * v1 + eta * flat * x1
            v2 = gamma * v2 + eta * STEEP * x2
            return x1 - v1, x2 - v2, v1, v2

        start = (settings["x1"], settings["x2"])
        return trace_2d(step, steps=settings["steps"], start=start).points

    gamma = settings["gamma"]
    runs = {"GD": points(0)} if settings["compare"] or not gamma else {}
    return runs | ({f"momentum, $\\gamma$ = {gamma:g}": points(gamma)} if gamma else {})
