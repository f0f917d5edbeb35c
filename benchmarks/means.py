"""Time the exact means against the simulation that they spare, and see how exact they are."""

import numpy as np
import torch
from sweeps import seconds
from taught import shuffled_mean

import d2lzh_pytorch as d2l

SETTINGS = [(0.02, 0.5), (0.02, 0.9), (0.004, 0.9)]
RUNS = 100_000
AT_ONCE = 1_000
LIMIT = 0.02  # per cent of the loss: the largest error at any record, beside chance
SIMPLE = [0.07, 0.25, 0.07]  # the same of the simple recursion of chapter 10, chance included
SETTLING = [  # lr, momentum, batch size, epochs, runs
    (0.02, 0.5, 10, 20, 2000),
    (0.02, 0.9, 10, 10, 4000),
    (0.004, 0.9, 10, 20, 2000),
    (0.02, 0.0, 10, 20, 2000),
    (0.1, 0.0, 10, 10, 4000),
    (0.05, 0.9, 10, 10, 4000),
    (0.1, 0.9, 10, 10, 4000),
    (0.02, 0.99, 50, 60, 1000),
    (0.02, 0.9, 7, 10, 2000),
    (0.02, 0.9, 100, 20, 1000),
    (0.005, 0.5, 1, 6, 500),
    (0.2, 0.9, 10, 10, 2000),
]


def simulated(data):
    """Mean and standard error (settings, records) of many runs of reshuffled epochs."""
    total = 0.0
    squares = 0.0
    for first in range(0, RUNS, AT_ONCE):
        curves = d2l.loss_curves(d2l.sweep_ch7(SETTINGS, range(first, first + AT_ONCE), *data))
        total = total + curves.sum(1)
        squares = squares + (curves**2).sum(1)
    mean = total / RUNS
    return mean, np.sqrt((squares / RUNS - mean**2) / RUNS)


def off(losses, runs):
    """Return the largest error at any record, in per cent of the loss."""
    return 100 * np.abs(losses[::10] / runs - 1).max()


def error_rows(data, simple):
    mean, error = simulated(data)
    for setting, runs, uncertain, goal in zip(SETTINGS, mean, error, SIMPLE, strict=True):
        ours = off(d2l.mean_loss(*data, *setting, replacement=False), runs)
        taught = off(simple(*setting, 10, 2), runs)
        drawn = off(d2l.mean_loss(*data, *setting), runs)
        doubt = 300 * (uncertain / runs).max()
        met = ours <= LIMIT + doubt and taught <= goal
        verdict = "met" if met else "**not met**"
        numbers = f"{ours:.3f} | {LIMIT} | {taught:.3f} | {goal} | {drawn:.2f} | {doubt:.3f}"
        yield f"| {setting} | {numbers} | {verdict} |"


def prediction_rows(data):
    for lr, momentum, size, epochs, runs in SETTLING:
        found = d2l.predict_ch7(*data, lr, momentum, size)
        table = d2l.sweep_ch7([(lr, momentum)], range(runs), *data, size, epochs)
        ends = d2l.loss_curves(table)[0, :, -1]
        mean = f"{ends.mean():.5f} ± {ends.std() / runs**0.5:.5f}"
        band = [f"{q:.5f}" for q in np.quantile(ends, [0.05, 0.95])]
        ours = f"{found.mean:.5f} | {found.low:.5f} to {found.high:.5f}"
        where = f"({lr}, {momentum}), {size}"
        yield f"| {where} | {ours} | {found.kind} | {mean} | {band[0]} to {band[1]} |"


def report():
    """Lines of the report."""
    data = d2l.get_data_ch7(dtype=torch.float64)
    setting = SETTINGS[0]
    simple = shuffled_mean()
    taught = seconds(lambda: simple(*setting, 10, 2), 3)
    alone = seconds(lambda: d2l.mean_loss(*data, *setting), 3)
    reshuffled = seconds(lambda: d2l.mean_loss(*data, *setting, replacement=False), 3)
    sweep = seconds(lambda: d2l.sweep_ch7([setting], range(AT_ONCE), *data), 3)
    return [
        "## Exact means",
        "",
        f"300 steps: {alone:.3f} s with replacement, {reshuffled:.2f} s reshuffled (limit 3 s), "
        f"{taught:.3f} s by the simple recursion of chapter 10 (limit 0.1 s), "
        f"against {sweep:.2f} s for {AT_ONCE:,} simulated runs.",
        "",
        f"Against {RUNS:,} simulated runs of two reshuffled epochs, largest error at any of the 31 "
        "records, % of the loss; of `replacement=False`, of the simple recursion, and of the "
        "default:",
        "",
        "| lr, momentum | reshuffled | limit beside chance | simple | limit | with replacement | "
        "three standard errors | |",
        "|:--|--:|--:|--:|--:|--:|--:|:--|",
        *error_rows(data, simple),
        "",
        "`predict_ch7` against simulated runs (mean ± standard error; 5 and 95 %):",
        "",
        "| lr, momentum, batch size | mean | band | | simulated mean | simulated band |",
        "|:--|--:|:--|:--|--:|:--|",
        *prediction_rows(data),
        "",
    ]


if __name__ == "__main__":
    print("\n".join(report()))
