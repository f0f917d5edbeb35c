"""One training run: mini-batches in random order, the loss recorded on the way."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import torch

RECORD_EVERY = 100  # examples between two entries of the history
FLOAT32_MAX = torch.finfo(torch.float32).max

MeanLoss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


class History(NamedTuple):
    """What one run left behind.

    w: (d, 1) and b: (1,), the final weights, in the dtype of the features; epoch: positions in
    epochs, from 0; loss: the loss over all data at these positions; sec_per_epoch: seconds;
    diverged_at: the step (mini-batch) at which a loss beyond float32 ended the run, or None.
    """

    w: torch.Tensor
    b: torch.Tensor
    epoch: list[float]
    loss: list[float]
    sec_per_epoch: float
    diverged_at: int | None


def run(
    mean_loss: MeanLoss,
    step: Callable[[], None],
    params: Sequence[torch.Tensor],
    orders: torch.Tensor,
    X: torch.Tensor,
    y: torch.Tensor,
    batch_size: int,
) -> History:
    """Train for one epoch an order; the two loops differ only in ``mean_loss`` and ``step``."""
    n = len(y)
    epoch = [0.0]
    loss = [_loss_now(mean_loss, X, y)]
    diverged_at = None
    seen = 0
    began = time.perf_counter()
    plan = schedule(n, batch_size, len(orders))
    batches = _batches(orders, X, y, batch_size)
    for steps, ((seen, due), batch) in enumerate(zip(plan, batches, strict=True), start=1):
        mean_loss(*batch).backward()
        step()
        if due:
            epoch.append(seen / n)
            loss.append(_loss_now(mean_loss, X, y))
            if not math.isfinite(loss[-1]):
                diverged_at = steps
                break
    seconds = (time.perf_counter() - began) * n / seen
    w, b = (p.detach() for p in params)
    return History(w, b, epoch, loss, seconds, diverged_at)


def schedule(n: int, batch_size: int, num_epochs: int) -> Iterator[tuple[int, bool]]:
    """Yield for each mini-batch the examples seen after it, and whether the loss is recorded then.

    It is recorded after the mini-batch that completes each 100 examples, and after the last one.
    The published loop records where the number of mini-batches times ``batch_size`` divides by
    100: the same where ``batch_size`` divides 100, less often elsewhere.
    """
    next_record = RECORD_EVERY
    for epoch in range(num_epochs):
        for end in range(batch_size, n + batch_size, batch_size):
            seen = epoch * n + min(end, n)
            due = seen >= next_record or seen == num_epochs * n
            if due:
                next_record = (seen // RECORD_EVERY + 1) * RECORD_EVERY
            yield seen, due


def _batches(
    orders: torch.Tensor, X: torch.Tensor, y: torch.Tensor, batch_size: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    for order in orders.to(X.device):
        # index_select: X[order] would wait for all threads, for milliseconds on a busy machine.
        shuffled = (data.index_select(0, order).split(batch_size) for data in (X, y))
        yield from zip(*shuffled, strict=True)


def _loss_now(
    mean_loss: MeanLoss,
    X: torch.Tensor,
    y: torch.Tensor,
) -> float:
    """Loss over all data; inf beyond float32, where the published loop printed inf or nan."""
    with torch.no_grad():
        value = mean_loss(X, y).item()
    return value if math.isnan(value) or value <= FLOAT32_MAX else math.inf
