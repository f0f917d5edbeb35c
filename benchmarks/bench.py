"""Time the helper's loops against others in one run and write benchmarks/README.md."""

import os
import platform
import statistics
import time
from pathlib import Path

import dragging
import means
import sweeps
import torch
from loops import bare_scratch, loader_concise, loader_scratch, momentum_states, sgd_momentum

import d2lzh_pytorch as d2l

REPORT = Path(__file__).with_name("README.md")
ROUNDS = 25
SETTING = {"lr": 0.004, "momentum": 0.9}


def time_in_turn(functions):
    """Seconds of each function, in turn, round by round: the ratios do not see slow drifts."""
    seconds = {name: [] for name in functions}
    for _ in range(ROUNDS + 2):
        for name, function in functions.items():
            began = time.perf_counter()
            function()
            seconds[name].append(time.perf_counter() - began)
    return {name: values[2:] for name, values in seconds.items()}


def loops():
    features, labels = d2l.get_data_ch7()
    common = (SETTING, features, labels, 10, 2)
    sgd = torch.optim.SGD
    return {
        "published way, scratch": lambda: loader_scratch(
            sgd_momentum, momentum_states(features), *common
        ),
        "fit_ch7": lambda: d2l.fit_ch7(sgd_momentum, momentum_states(features), *common, seed=0),
        "steps only": lambda: bare_scratch(sgd_momentum, momentum_states(features), *common),
        "published way, concise": lambda: loader_concise(sgd, *common),
        "fit_pytorch_ch7": lambda: d2l.fit_pytorch_ch7(sgd, *common, seed=0),
    }


# (ours, compared with, the largest ratio that we accept)
RATIOS = [
    ("fit_ch7", "published way, scratch", 0.60),
    ("fit_ch7", "steps only", 1.15),
    ("fit_pytorch_ch7", "published way, concise", 0.75),
]


def ratio_rows(seconds):
    for ours, other, limit in RATIOS:
        pairs = zip(seconds[ours], seconds[other], strict=True)
        ratios = sorted(a / b for a, b in pairs)
        low, high = ratios[len(ratios) // 4], ratios[-1 - len(ratios) // 4]
        middle = statistics.median(ratios)
        verdict = "met" if middle <= limit else "**not met**"
        spread = f"{low:.3f} to {high:.3f}"
        yield f"| `{ours}` / {other} | {middle:.3f} | {spread} | {limit} | {verdict} |"


def machine():
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line
            for line in info.read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ]
        cpu = names[0].partition(":")[2].strip() if names else cpu
    return (
        f"{cpu}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}, torch {torch.__version__.partition('+')[0]}, "
        f"{torch.get_num_threads()} threads"
    )


def report(seconds):
    times = [
        f"| {name} | {1000 * statistics.median(values) / 2:.1f} |"
        for name, values in seconds.items()
    ]
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Written by `make bench`; do not edit by hand.",
            "",
            f"Machine: {machine()}. All rows were measured in one run, in turn, {ROUNDS} rounds.",
            "",
            "## Loops",
            "",
            "The task: momentum on the airfoil data, batch size 10, two epochs.",
            "",
            "| ratio of times | median | middle half of the rounds | limit | |",
            "|:--|--:|--:|--:|:--|",
            *ratio_rows(seconds),
            "",
            "| loop | ms per epoch, median |",
            "|:--|--:|",
            *times,
            "",
            "*Published way*: mini-batches from a `DataLoader` over a `TensorDataset`, float32.",
            "*Steps only*: data cut once; nothing shuffled, recorded or checked.",
            "",
            *sweeps.report(),
            *means.report(),
            *dragging.report(),
        ]
    )


if __name__ == "__main__":
    text = report(time_in_turn(loops()))
    REPORT.write_text(text, encoding="utf-8")
    print(text)
