"""Numbers for the tests of Node, computed by the package's Python: write them with this script.

``tests/test_explorer.py`` requires that reference.json is what this script would write today.
"""

import json
import random
from pathlib import Path

import numpy as np

from d2lzh_pytorch import theory
from d2lzh_pytorch.explorer.still import STEEP
from d2lzh_pytorch.trace import trace_2d

TARGET = Path(__file__).with_name("reference.json")
NUMBERS = [
    0.0078125, 0.0234375, -0.0078125, 1.5 + 1 / 128, 2.4140625, 123456789.0078125,  # ties
    1 / 256, 0.1234565, -0.9999995, 0.0, -0.0, -1e-9, 12.5, 999999999999999.9, 1e15, -2.5e300,
]  # fmt: skip


def run(eta, gamma, kappa, start, steps):
    """Run momentum as the notebooks write it; return its points."""
    flat = STEEP / kappa

    def momentum(x1, x2, v1, v2):
        v1 = gamma * v1 + eta * flat * x1
        v2 = gamma * v2 + eta * STEEP * x2
        return x1 - v1, x2 - v2, v1, v2

    return trace_2d(momentum, steps=steps, start=start).points


def endpoint(eta, gamma, kappa, start, steps):
    """Return the end as floats, f there, and the line that is printed."""
    x1, x2 = run(eta, gamma, kappa, start, steps)[-1]
    f = (STEEP / kappa * x1**2 + STEEP * x2**2) / 2
    printed = f"epoch {steps}, x1 {shown(x1)}, x2 {shown(x2)}"
    return {"end": [x1, x2], "f": f, "printed": printed}


def needed(eta, gamma, kappa, start, rates):
    """Count the steps to a millionth as notebook 02 does; None where that takes too long."""
    worst = max(rates)
    if worst > 0.99:
        return None
    sizes = np.hypot(*np.transpose(run(eta, gamma, kappa, start, int(30 / (1 - worst)))))
    return int(np.flatnonzero(sizes > 1e-6 * sizes[0])[-1]) + 1


def shown(x):
    """Print as train_2d does; huge numbers, which nobody can read so, in powers of ten."""
    return f"{x:f}" if abs(x) < 1e15 else f"{x:.6e}"


def cases(count=150):
    """Random settings as a reader could make them, stable and not, and the borders."""
    draw = random.Random(7)
    for _ in range(count):
        start = [round(draw.uniform(-6, 4), 2), round(draw.uniform(-3, 3), 2)]
        yield (
            round(draw.uniform(0.001, 1), 3), round(draw.uniform(0, 0.99), 3),
            draw.choice([1, 1.5, 2, 5, 20, 100, 1000]), start, draw.choice([1, 7, 20, 100, 300]),
        )  # fmt: skip
    for eta, gamma in ((0.5, 0), (0.75, 0.5), (0.25, 0), (0.667907, 0.402605), (0.47619, 0)):
        yield eta, gamma, 20, [-5, -2], 20
    for kappa in (1.5, 20, 100, 1000):
        best = theory.optimum_momentum(STEEP / kappa, STEEP)
        yield float(best.eta), float(best.gamma), kappa, [-5, -2], 20


def borders():
    """Settings on the borders between the motions and just beside them, to each tolerance."""
    for gamma in (0, 0.1, 0.25, 0.81):
        low, high, limit = (1 - gamma**0.5) ** 2, (1 + gamma**0.5) ** 2, 2 + 2 * gamma
        beside = [
            edge + d for edge in (low, high) for d in (-1.02e-9, -9.8e-10, 0, 9.8e-10, 1.02e-9)
        ]
        beside += [limit * (1 + d) for d in (-1.02e-12, -9.8e-13, 0, 9.8e-13, 1.02e-12)]
        for s in (0, -0.1, 1e-13, limit + 1, (low + high) / 2, *beside):
            yield {"s": s, "gamma": gamma, "regime": str(theory.regime(s, gamma, 1))}


def described(eta, gamma, kappa, start, steps):
    """One setting with everything that Python says of it."""
    curvatures = (STEEP / kappa, STEEP)
    rates = [float(theory.rate(eta, gamma, c)) for c in curvatures]
    return {
        "eta": eta, "gamma": gamma, "kappa": kappa, "start": start, "steps": steps,
        "curvatures": curvatures, "rates": rates,
        "regimes": [str(theory.regime(eta, gamma, c)) for c in curvatures],
        "needed": needed(eta, gamma, kappa, start, rates),
        **endpoint(eta, gamma, kappa, start, steps),
    }  # fmt: skip


def optima():
    """Return the best settings, and critical damping of the flat direction at eta = 0.6."""
    for kappa in (1, 2, 20, 1000):
        momentum = theory.optimum_momentum(STEEP / kappa, STEEP)
        descent = theory.optimum_gd(STEEP / kappa, STEEP)
        yield {
            "kappa": kappa,
            "momentum": [float(momentum.eta), float(momentum.gamma)],
            "descent": [float(descent.eta), float(descent.gamma)],
            "critical": float(theory.critical_gamma(0.6, STEEP / kappa)),
        }


def reference():
    """All of it, as JSON gives it back."""
    everything = {
        "settings": [described(*case) for case in cases()],
        "borders": list(borders()),
        "optima": list(optima()),
        "printed": [[x, shown(x)] for x in NUMBERS],
    }
    return json.loads(json.dumps(everything))


if __name__ == "__main__":
    TARGET.write_text(json.dumps(reference(), indent=0) + "\n", encoding="utf-8")
