"""Numbers for explorer.test.mjs, computed by the package's Python: write them with this script.

``tests/test_explorer.py`` requires that reference.json is what this script would write today.
"""

import json
import random
from pathlib import Path

from d2lzh_pytorch import theory
from d2lzh_pytorch.trace import trace_2d

TARGET = Path(__file__).with_name("reference.json")
STEEP = 4.0
TIES = [0.0078125, 0.0234375, -0.0078125, 1.5 + 1 / 128, 0.0, -0.0, -1e-9, 123456789.0078125]


def endpoint(eta, gamma, kappa, start, steps):
    """Run momentum as the notebooks write it; return points as floats and the printed end."""
    flat = STEEP / kappa

    def momentum(x1, x2, v1, v2):
        v1 = gamma * v1 + eta * flat * x1
        v2 = gamma * v2 + eta * STEEP * x2
        return x1 - v1, x2 - v2, v1, v2

    x1, x2 = trace_2d(momentum, steps=steps, start=start).points[-1]
    return {"end": [x1, x2], "printed": f"epoch {steps}, x1 {shown(x1)}, x2 {shown(x2)}"}


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


def reference():
    """All of it, ready for JSON."""
    settings = []
    for eta, gamma, kappa, start, steps in cases():
        curvatures = (STEEP / kappa, STEEP)
        settings.append(
            {
                "eta": eta, "gamma": gamma, "kappa": kappa, "start": start, "steps": steps,
                "rates": [float(theory.rate(eta, gamma, c)) for c in curvatures],
                "regimes": [str(theory.regime(eta, gamma, c)) for c in curvatures],
                **endpoint(eta, gamma, kappa, start, steps),
            }
        )  # fmt: skip
    optima = []
    for kappa in (1, 2, 20, 1000):
        momentum, descent = (
            best(STEEP / kappa, STEEP) for best in (theory.optimum_momentum, theory.optimum_gd)
        )
        critical = theory.critical_gamma(0.6, STEEP / kappa)
        optima.append(
            {
                "kappa": kappa,
                "momentum": [float(momentum.eta), float(momentum.gamma)],
                "descent": [float(descent.eta), float(descent.gamma)],
                "critical": float(critical),
            }
        )
    return {"settings": settings, "optima": optima, "printed": [[x, f"{x:f}"] for x in TIES]}


if __name__ == "__main__":
    TARGET.write_text(json.dumps(reference(), indent=0) + "\n", encoding="utf-8")
