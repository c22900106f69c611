"""Supervised fine-tuning: steps of AdamW on a few packed rows each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from ..gpt import AdamW, Optimizer, Plan, learning_rate
from .layers import Array
from .lora import Lora
from .packing import Rows

# 40 steps of four rows; nothing decays, since an adapter that is zero changes nothing.
PLAN = Plan(steps=40, batch=4, peak=2e-3, warmup=4, decay=0.0)
BETAS = (0.9, 0.999)


def train(
    lora: Lora,
    rows: Rows,
    plan: Plan = PLAN,
    report: Callable[[int, float], None] | None = None,
    optimizer: Optimizer | None = None,
) -> Array:
    """Train adapters on packed rows; return the loss of each step.

    Every row comes once before any comes again. `report` is called with each step and
    its loss. The optimizer is AdamW with β of 0.9 and 0.999, or another one that
    updates `lora.flat`. Raises ValueError for fewer rows than a step takes.
    """
    if len(rows) < plan.batch:
        raise ValueError(f"a step takes {plan.batch} rows, found {len(rows)}")
    if optimizer is None:
        decayed = np.ones_like(lora.flat)
        optimizer = AdamW(lora.flat, decayed, betas=BETAS, decay=plan.decay)
    losses = np.empty(plan.steps)
    steps = zip(range(plan.steps), batches(len(rows), plan), strict=False)
    for step, chosen in steps:
        losses[step] = lora.loss(rows[chosen])
        lora.backward()
        rate = learning_rate(step, plan.steps, plan.peak, plan.warmup)
        optimizer.step(lora.flat_gradient, rate)
        if report is not None:
            report(step, losses[step])
    return losses


def batches(n_rows: int, plan: Plan) -> Iterator[NDArray[np.int64]]:
    """Yield the rows of each step without end: shuffled, all of them, and again."""
    rng = np.random.default_rng(plan.seed)
    waiting = np.empty(0, np.int64)
    while True:
        if len(waiting) < plan.batch:
            waiting = np.concatenate([waiting, rng.permutation(n_rows)])
        yield waiting[: plan.batch]
        waiting = waiting[plan.batch :]
