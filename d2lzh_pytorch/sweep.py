"""Many runs at once: momentum on a diagonal quadratic, and on the airfoil regression."""

import pandas as pd
import torch
from tqdm import tqdm

from d2lzh_pytorch import arguments
from d2lzh_pytorch.loop import FLOAT32_MAX, RECORD_EVERY, initial_weights, random_state, shuffler

CHUNK = 16384  # settings at a time: five float64 arrays of this length stay in the cache
DELAY = 3  # seconds before a progress bar appears


def sweep_2d(eta, gamma, *, curvatures=(0.2, 4.0), start=(-5.0, -2.0), steps=20, device="cpu"):
    """End points of momentum on f(x) = sum(curvature x^2) / 2 for a grid of settings.

    v <- gamma v + eta curvature x, x <- x - v, v = 0 at first. ``eta`` and ``gamma`` are numbers
    or tensors that broadcast against each other; the result is a float64 tensor of their common
    shape plus (d,), with one entry of ``curvatures`` and ``start`` a direction. Besides the result
    (d numbers a setting) it holds 4 numbers a setting. What overflows is inf or nan.

    Raises ValueError if steps < 1 or the directions of ``curvatures`` and ``start`` differ.
    """
    arguments.check_integer("steps", steps, 1)
    if len(curvatures) != len(start):
        got = f"{len(curvatures)} and {len(start)}"
        raise ValueError(f"curvatures and start must have one entry per direction, got {got}")
    as_tensor = {"dtype": torch.float64, "device": device}
    grid = torch.broadcast_tensors(*(torch.as_tensor(given, **as_tensor) for given in (eta, gamma)))
    etas, gammas = (values.reshape(-1) for values in grid)
    ends = torch.empty(len(etas), len(start), **as_tensor)
    size = CHUNK if torch.device(device).type == "cpu" else len(etas)
    for i in tqdm(range(0, len(etas), size), delay=DELAY, leave=False):
        g, rate = gammas[i : i + size], etas[i : i + size]
        for j, (curvature, first) in enumerate(zip(curvatures, start, strict=True)):
            s, x, v = rate * curvature, torch.full_like(g, first), torch.zeros_like(g)
            for _ in range(steps):
                v.mul_(g).addcmul_(s, x)
                x.sub_(v)
            ends[i : i + size, j] = x
    return ends.reshape(*grid[0].shape, len(start))


def sweep_ch7(settings, seeds, features, labels, batch_size=10, num_epochs=2, *, device="cpu"):
    """Momentum on the regression for every setting and seed, as ``fit_ch7`` would run each.

    ``settings``: pairs (lr, momentum); ``seeds``: integers. The seed decides initial weights and
    order as in ``fit_ch7``, whose curve is met to 1e-5. Returns a tidy DataFrame with one row a
    record: lr, momentum, seed, epoch, loss, diverged. A run that leaves float32 has the loss inf
    from there on and ``diverged`` True in all its rows; it is never dropped. Computes in float64.

    Errors are those of ``fit_ch7``.
    """
    arguments.check_data(features, labels)
    arguments.check_integer("batch_size", batch_size, 1, len(features))
    arguments.check_integer("num_epochs", num_epochs, 1)
    settings, seeds = [(float(lr), float(m)) for lr, m in settings], [int(seed) for seed in seeds]
    n = len(features)
    X = torch.cat([features, torch.ones(n, 1)], 1).to(device, torch.float64)
    y = labels.to(device, torch.float64)
    w, orders = _draw(seeds, X.shape[1] - 1, n, num_epochs)
    # Shapes: seeds, features and settings; each seed's mini-batch serves all of its settings.
    w = w.to(device).unsqueeze(2).repeat(1, 1, len(settings))
    lr, momentum = torch.tensor(settings, dtype=torch.float64, device=device).T
    v, seen, next_record, records = torch.zeros_like(w), 0, RECORD_EVERY, [(0, _loss(X, y, w))]
    batches = [batch for epoch in orders.split(n, 1) for batch in epoch.split(int(batch_size), 1)]
    for drawn in tqdm(batches, delay=DELAY, leave=False):
        batch, size = drawn.to(device), drawn.shape[1]
        x = X.index_select(0, batch.flatten()).reshape(*batch.shape, -1)
        error = torch.bmm(x, w) - y.index_select(0, batch.flatten()).reshape(*batch.shape, 1)
        v.mul_(momentum).addcmul_(torch.bmm(x.transpose(1, 2), error), lr / size)
        w.sub_(v)
        seen += size
        if seen >= next_record or seen == num_epochs * n:
            next_record = (seen // RECORD_EVERY + 1) * RECORD_EVERY
            records.append((seen / n, _loss(X, y, w)))
    return _table(settings, seeds, records)


def _draw(seeds, d, n, num_epochs):
    """Initial weights (seeds, d + 1), the bias last, and orders (seeds, epochs * n)."""
    weights, orders = [], []
    for seed in seeds:
        arguments.check_seed(seed)
        with random_state(seed):
            order = shuffler()
            weights.append(torch.cat([part.flatten() for part in initial_weights(d)]))
            orders.append(torch.cat([order(n) for _ in range(num_epochs)]))
    return torch.stack(weights), torch.stack(orders)


def _loss(X, y, w):
    """Loss over all data, (seeds, settings), through the moments of the data: no pass over it."""
    n = len(y)
    H, c = X.T @ X / n, X.T @ y / n
    value = (w * (H @ w)).sum(1) / 2 - (w * c[:, None]).sum(1) + y.square().mean() / 2
    return torch.where(value <= FLOAT32_MAX, value, torch.inf)


def _table(settings, seeds, records):
    loss = torch.stack([values for _, values in records]).permute(2, 1, 0).cpu()
    index = pd.MultiIndex.from_product(
        [range(len(settings)), seeds, [epoch for epoch, _ in records]],
        names=["setting", "seed", "epoch"],
    )
    table = index.to_frame(index=False)
    lr_momentum = pd.DataFrame(settings, columns=["lr", "momentum"])
    table = lr_momentum.loc[table.pop("setting")].reset_index(drop=True).join(table)
    lost = ~torch.isfinite(loss).all(2, keepdim=True)
    lost = lost.expand_as(loss).flatten().numpy()
    return table.assign(loss=loss.flatten().numpy(), diverged=lost)
