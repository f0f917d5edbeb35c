"""Time the sweeps against the loops they replace, and how their time grows."""

import statistics
import time
from pathlib import Path

import torch
from loops import momentum_states, sgd_momentum

import d2lzh_pytorch as d2l

FIGURE = Path(__file__).with_name("growth.svg")
SETTING = (0.004, 0.9)


def seconds(function, rounds=5):
    """Median time of a call, after one call that is not counted."""
    times = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        function()
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:])


def grid(size):
    """``size`` settings, stable and unstable ones."""
    side = int(size**0.5)
    eta, gamma = torch.linspace(0.001, 1.2, side), torch.linspace(0, 0.99, side)
    return eta.double()[:, None], gamma.double()


def trainer(x1, x2, v1, v2):
    v1, v2 = 0.5 * v1 + 0.4 * 0.2 * x1, 0.5 * v2 + 0.4 * 4 * x2
    return x1 - v1, x2 - v2, v1, v2


def one_run(features, labels):
    hyperparams = dict(zip(("lr", "momentum"), SETTING, strict=True))
    d2l.fit_ch7(sgd_momentum, momentum_states(features), hyperparams, features, labels, seed=0)


def ratios():
    """(what, times faster per run, smallest that we accept)."""
    features, labels = d2l.get_data_ch7()
    alone = seconds(lambda: [d2l.trace_2d(trainer, steps=100) for _ in range(100)]) / 100
    together = seconds(lambda: d2l.sweep_2d(*grid(10**6), steps=100)) / 10**6
    yield "`sweep_2d`, 1,000,000 settings, 100 steps, against `trace_2d`", alone / together, 50
    alone = seconds(lambda: one_run(features, labels))
    together = seconds(lambda: d2l.sweep_ch7([SETTING], range(1000), features, labels)) / 1000
    yield "`sweep_ch7`, 1,000 seeds, against `fit_ch7`", alone / together, 50


def random_data(n, d):
    generator = torch.Generator().manual_seed(0)
    X = torch.randn(n, d, generator=generator)
    return X, X.sum(1) + torch.randn(n, generator=generator)


def growth():
    """{what grows: [(size, seconds)]}, everything else as in the chapter."""
    features, labels = d2l.get_data_ch7()

    def sweep(seeds=100, data=(features, labels)):
        return seconds(lambda: d2l.sweep_ch7([SETTING], range(seeds), *data), rounds=3)

    return {
        "settings of sweep_2d": [
            (n, seconds(lambda n=n: d2l.sweep_2d(*grid(n), steps=100), rounds=3))
            for n in (100, 10_000, 1_000_000)
        ],
        "seeds of sweep_ch7": [(n, sweep(seeds=n)) for n in (10, 100, 1000)],
        "rows of data": [(n, sweep(data=random_data(n, 5))) for n in (150, 1500, 15_000)],
        "features": [(d, sweep(data=random_data(1500, d))) for d in (5, 50, 500)],
    }


def draw(curves):
    """Save the growth as a figure: log-log, one line for each thing that grows."""
    d2l.set_figsize((5, 3.2))
    figure, axes = d2l.plt.subplots()
    styles = zip("os^D", curves.items(), strict=True)
    for marker, (name, points) in styles:
        axes.loglog(*zip(*points, strict=True), marker=marker, label=name)
    axes.set(xlabel="size", ylabel="time (s)")
    axes.legend()
    figure.savefig(FIGURE, metadata={"Date": None})


def report():
    """Lines of Markdown for the benchmark report."""
    lines = ["## Sweeps", "", "| times faster per run | ratio | limit | |", "|:--|--:|--:|:--|"]
    for what, ratio, limit in ratios():
        verdict = "met" if ratio >= limit else "**not met**"
        lines.append(f"| {what} | {ratio:.0f} | at least {limit} | {verdict} |")
    curves = growth()
    draw(curves)
    lines += ["", "| what grows | size: seconds | | |", "|:--|--:|--:|--:|"]
    for name, points in curves.items():
        cells = " | ".join(f"{size:,}: {value:.3f}" for size, value in points)
        lines.append(f"| {name} | {cells} |")
    about = (
        "100 steps for `sweep_2d`; 100 seeds, one setting and two epochs for `sweep_ch7`, where "
        "nothing else is said. `sweep_2d` holds 4 numbers a setting on the way, and its result."
    )
    return [*lines, "", "![Time over size, log-log](growth.svg)", "", about, ""]
