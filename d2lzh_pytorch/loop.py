"""One training run: mini-batches in random order, the loss recorded on the way."""

import contextlib
import math
import time
from typing import NamedTuple

import torch

RECORD_EVERY = 100  # examples between two entries of the history
FLOAT32_MAX = torch.finfo(torch.float32).max


class History(NamedTuple):
    """What one run left behind.

    w: (d, 1) and b: (1,), the final weights, float64; epoch: positions in epochs, from 0;
    loss: the loss over all data at these positions; sec_per_epoch: seconds; diverged_at: the
    step (mini-batch) at which a loss beyond float32 ended the run, or None.
    """

    w: torch.Tensor
    b: torch.Tensor
    epoch: list[float]
    loss: list[float]
    sec_per_epoch: float
    diverged_at: int | None


def run(mean_loss, step, params, order, X, y, batch_size, num_epochs):
    """Train for ``num_epochs``; the two loops differ only in ``mean_loss`` and ``step``."""
    n, seen, steps, diverged_at = len(y), 0, 0, None

    def record():
        with torch.no_grad():
            value = mean_loss(X, y).item()
        # Out of float32 the published loop, which computes in it, printed inf or nan.
        loss.append(value if value <= FLOAT32_MAX else math.nan if math.isnan(value) else math.inf)
        epoch.append(seen / n)
        return math.isfinite(loss[-1])

    epoch, loss = [], []
    record()
    next_record = RECORD_EVERY
    began = time.perf_counter()
    for end in range(n, num_epochs * n + 1, n):
        shuffled = order(n).to(X.device)
        # index_select: X[shuffled] would wait for all threads, for milliseconds on a busy machine.
        batches = (data.index_select(0, shuffled).split(int(batch_size)) for data in (X, y))
        for X_batch, y_batch in zip(*batches, strict=True):
            mean_loss(X_batch, y_batch).backward()
            step()
            seen, steps = min(seen + batch_size, end), steps + 1
            if seen >= next_record or seen == num_epochs * n:
                next_record = (seen // RECORD_EVERY + 1) * RECORD_EVERY
                if not record():
                    diverged_at = steps
                    break
        if diverged_at is not None:
            break
    seconds = (time.perf_counter() - began) * n / seen
    w, b = (p.detach() for p in params)
    return History(w, b, epoch, loss, seconds, diverged_at)


@contextlib.contextmanager
def random_state(seed):
    """Draw from ``seed`` and put the global state back afterwards; without one, draw from it."""
    with torch.random.fork_rng(devices=[], enabled=seed is not None):
        if seed is not None:
            torch.default_generator.manual_seed(int(seed))
        yield


def initial_weights(d):
    """Draw w ~ N(0, 0.01^2) of shape (d, 1) and b = 0 of shape (1,), float64."""
    # Drawn in float64: torch's float32 draws differ between processors in the last bit.
    return torch.randn(d, 1, dtype=torch.float64) * 0.01, torch.zeros(1, dtype=torch.float64)


def shuffler():
    """Epoch orders with a generator of their own: the same, however many weights are drawn."""
    generator = torch.Generator().manual_seed(int(torch.randint(2**62, ())))
    return lambda n: torch.randperm(n, generator=generator)
