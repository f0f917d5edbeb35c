"""Many runs at once: momentum on a diagonal quadratic, and on the airfoil regression."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import torch
from tqdm import tqdm

from d2lzh_pytorch.arguments import check_integer
from d2lzh_pytorch.draws import draw_run
from d2lzh_pytorch.loop import FLOAT32_MAX, schedule
from d2lzh_pytorch.settings import as_seeds, as_settings
from d2lzh_pytorch.training_data import as_training_data

CHUNK = 16384  # settings at a time: five float64 arrays of this length stay in the cache
DELAY = 3  # seconds before a progress bar appears


def sweep_2d(
    eta: Any, gamma: Any, *, curvatures: Sequence[float] = (0.2, 4.0),
    start: Sequence[float] = (-5.0, -2.0), steps: int = 20, device: str | torch.device = "cpu",
) -> torch.Tensor:  # fmt: skip
    """End points of momentum on f(x) = sum(curvature x^2) / 2 for a grid of settings.

    v <- gamma v + eta curvature x, x <- x - v, v = 0 at first. ``eta`` and ``gamma`` are numbers
    or tensors that broadcast against each other; the result is a float64 tensor of their common
    shape plus (d,), with one entry of ``curvatures`` and ``start`` a direction. Besides the result
    (d numbers a setting) it holds 4 numbers a setting. What overflows is inf or nan.

    Raises ValueError if steps < 1 or the directions of ``curvatures`` and ``start`` differ.

    >>> sweep_2d([0.4, 0.6], 0.5)
    tensor([[-0.0628,  0.0012],
            [ 0.0072,  0.0026]], dtype=torch.float64)
    """
    steps = check_integer("steps", steps, 1)
    if len(curvatures) != len(start):
        got = f"{len(curvatures)} and {len(start)}; give both the same length"
        raise ValueError(f"curvatures and start must have one entry per direction, got {got}")
    options: dict[str, Any] = {"dtype": torch.float64, "device": device}
    grid = torch.broadcast_tensors(*(torch.as_tensor(given, **options) for given in (eta, gamma)))
    etas, gammas = (values.reshape(-1) for values in grid)
    ends = torch.empty(len(etas), len(start), **options)
    size = CHUNK if torch.device(device).type == "cpu" else len(etas)
    for i in tqdm(range(0, len(etas), size), delay=DELAY, leave=False):
        chunk = slice(i, i + size)
        for j, (curvature, first) in enumerate(zip(curvatures, start, strict=True)):
            ends[chunk, j] = _end(etas[chunk] * curvature, gammas[chunk], first, steps)
    return ends.reshape(*grid[0].shape, len(start))


def _end(s: torch.Tensor, gamma: torch.Tensor, first: float, steps: int) -> torch.Tensor:
    x = torch.full_like(gamma, first)
    v = torch.zeros_like(gamma)
    for _ in range(steps):
        v.mul_(gamma).addcmul_(s, x)
        x.sub_(v)
    return x


def sweep_ch7(
    settings: Any, seeds: Iterable[int], features: torch.Tensor, labels: torch.Tensor,
    batch_size: int = 10, num_epochs: int = 2, *, device: str | torch.device = "cpu",
) -> pd.DataFrame:  # fmt: skip
    """Momentum on the regression for every setting and seed, as ``fit_ch7`` would run each.

    ``settings``: pairs (lr, momentum), or dicts of these two; one alone will do. ``seeds``:
    integers. The seed decides initial weights and order as in ``fit_ch7``, whose curve is met to
    1e-5. Returns a tidy DataFrame with one row a record: lr, momentum, seed, epoch, loss,
    diverged. Where a loss has left float32 it is inf, and ``diverged`` is True in all rows of the
    run; no run is dropped. Computes in float64.

    Errors are those of ``fit_ch7``, and for settings and seeds of another kind.

    >>> table = sweep_ch7([(0.02, 0.5)], range(3), torch.eye(4), torch.ones(4))
    >>> table.shape, loss_curves(table).shape
    ((6, 6), (1, 3, 2))
    """
    pairs = as_settings(settings)
    chosen = as_seeds(seeds)
    X, y = (t.cpu().double() for t in as_training_data(features, labels))
    size = check_integer("batch_size", batch_size, 1)
    num_epochs = check_integer("num_epochs", num_epochs, 1)
    n, d = X.shape
    draws = [draw_run(seed, n, d, num_epochs) for seed in chosen]
    orders = torch.stack([drawn.orders for drawn in draws], 1)
    # Shapes: seeds, features and settings; each seed's mini-batch serves all of its settings.
    w = torch.stack([torch.cat([drawn.w, drawn.b.unsqueeze(1)]) for drawn in draws])
    w = w.to(device).repeat(1, 1, len(pairs))
    X = torch.cat([X, torch.ones_like(X[:, :1])], 1).to(device)
    recorded = _train(X, y.to(device), w, orders, pairs, size)
    return _table(pairs, chosen, recorded)


def loss_curves(table: pd.DataFrame) -> np.ndarray:
    """Losses of a table that ``sweep_ch7`` returned, as an array (settings, seeds, records).

    Raises ValueError if rows are missing, in another order, or there twice.

    >>> table = sweep_ch7([(0.02, 0.5), (0.02, 0.9)], [7], torch.eye(4), torch.ones(4))
    >>> loss_curves(table)[:, 0].round(3)
    array([[0.504, 0.443],
           [0.504, 0.434]])
    """
    columns = (["lr", "momentum"], ["seed"], ["epoch"])
    shape = tuple(len(table[names].drop_duplicates()) for names in columns)
    first = table["epoch"].iloc[:: max(shape[2], 1)]
    if table.empty or math.prod(shape) != len(table) or (first != 0).any():
        got = f"{len(table)} rows; pass it as sweep_ch7 returned it"
        raise ValueError(f"table must hold each setting and seed once, all records, got {got}")
    return table["loss"].to_numpy().reshape(shape)


def _train(
    X: torch.Tensor, y: torch.Tensor, w: torch.Tensor, orders: torch.Tensor,
    settings: list[tuple[float, float]], batch_size: int,
) -> list[tuple[float, torch.Tensor]]:  # fmt: skip
    """Take all steps; return (epoch, losses (seeds, settings)) of every record."""
    n = len(y)
    loss = _loss_over_all(X, y)
    lr, momentum = torch.tensor(settings, dtype=w.dtype, device=w.device).T
    v = torch.zeros_like(w)
    records = [(0.0, loss(w))]
    plan = schedule(n, batch_size, len(orders))
    batches = [batch for order in orders for batch in order.split(batch_size, 1)]
    steps = zip(plan, batches, strict=True)
    for (seen, due), drawn in tqdm(steps, total=len(batches), delay=DELAY, leave=False):
        batch = drawn.to(X.device)
        x = X.index_select(0, batch.flatten()).reshape(*batch.shape, -1)
        error = torch.bmm(x, w) - y.index_select(0, batch.flatten()).reshape(*batch.shape, 1)
        v.mul_(momentum).addcmul_(torch.bmm(x.transpose(1, 2), error), lr / batch.shape[1])
        w.sub_(v)
        if due:
            records.append((seen / n, loss(w)))
    return records


def _loss_over_all(X: torch.Tensor, y: torch.Tensor) -> Callable[[torch.Tensor], torch.Tensor]:
    """Return the loss over all data as a function of w: by their moments, without a pass."""
    n = len(y)
    H = X.T @ X / n
    c = (X.T @ y / n)[:, None]
    constant = y.square().mean() / 2

    def loss(w: torch.Tensor) -> torch.Tensor:
        value = (w * (H @ w)).sum(1) / 2 - (w * c).sum(1) + constant
        return torch.where(value <= FLOAT32_MAX, value, torch.inf)

    return loss


def _table(
    settings: list[tuple[float, float]], seeds: list[int], records: list[tuple[float, torch.Tensor]]
) -> pd.DataFrame:
    loss = torch.stack([values for _, values in records]).permute(2, 1, 0).cpu()
    index = pd.MultiIndex.from_product(
        [range(len(settings)), seeds, [epoch for epoch, _ in records]],
        names=["setting", "seed", "epoch"],
    )
    table = index.to_frame(index=False)
    lr_momentum = pd.DataFrame(settings, columns=["lr", "momentum"])
    table = lr_momentum.loc[table.pop("setting")].reset_index(drop=True).join(table)
    lost = ~torch.isfinite(loss).all(2, keepdim=True).expand_as(loss)
    return table.assign(loss=loss.flatten().numpy(), diverged=lost.flatten().numpy())
