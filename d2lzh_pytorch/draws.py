"""What chance decides in a run: its initial weights, and the order of the examples."""

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import nn

from d2lzh_pytorch.arguments import check_integer, check_seed

INITIAL_SD = 0.01


class Draw(NamedTuple):
    """w: (d, 1) and b: (1,), float64, the initial weights; orders: (num_epochs, n), int64."""

    w: torch.Tensor
    b: torch.Tensor
    orders: torch.Tensor


def draw_run(
    seed: int | None, n: int, d: int, num_epochs: int = 2, *, linear: bool = False
) -> Draw:
    """Draw what ``fit_ch7`` draws for n examples of d features; nothing is trained.

    w ~ N(0, 0.01^2) and b = 0; with ``linear``, as ``fit_pytorch_ch7``, torch's own initial
    weights of ``nn.Linear``, uniform in +-1/sqrt(d). The orders come from a generator of their
    own, so that both loops shuffle alike. A seed leaves torch's global random state untouched;
    None draws from it. Raises TypeError or ValueError on input out of range.

    >>> draw_run(1, n=4, d=2).orders
    tensor([[2, 1, 0, 3],
            [0, 1, 2, 3]])
    """
    check_integer("n", n, 1)
    check_integer("d", d, 1)
    check_integer("num_epochs", num_epochs, 1)
    with random_state(check_seed(seed)):
        return draw(n, d, num_epochs, linear)


def draw(n: int, d: int, num_epochs: int, linear: bool) -> Draw:
    """Draw from the global random state, all of it on the CPU and in float64.

    Drawn so, the numbers are the same for every device, default dtype and processor: torch's
    float32 draws differ between processors in the last bit.
    """
    own = torch.Generator(device="cpu").manual_seed(int(torch.randint(2**62, (), device="cpu")))
    if linear:
        layer = nn.Linear(d, 1, dtype=torch.float64, device="cpu")
        w = layer.weight.detach().T
        b = layer.bias.detach()
    else:
        w = torch.randn(d, 1, dtype=torch.float64, device="cpu") * INITIAL_SD
        b = torch.zeros(1, dtype=torch.float64, device="cpu")
    shuffled = [torch.randperm(n, generator=own, device="cpu") for _ in range(num_epochs)]
    return Draw(w, b, torch.stack(shuffled))


@contextlib.contextmanager
def random_state(seed: int | None) -> Iterator[None]:
    """Draw from ``seed`` and put the global state back afterwards; without one, draw from it."""
    with torch.random.fork_rng(devices=[], enabled=seed is not None):
        if seed is not None:
            torch.default_generator.manual_seed(seed)
        yield
