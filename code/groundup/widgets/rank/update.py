"""A real update that is small enough to be looked at, and noise to compare it with."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from groundup.datasets.first_names import names
from groundup.transformers.gpt import GPT, Config, Plan, table, train

Array = NDArray[np.floating]
SIZES = Config(27, 12, 12, 2, 2)
BEFORE = Plan(steps=600, batch=32, peak=1e-2)
TUNED = Plan(steps=60, batch=32, peak=3e-3, decay=0.0)
LAST_QUERIES = "h.1.attn.c_attn.weight"


@cache
def small_update() -> Array:
    """Return what full fine-tuning adds to a matrix of a small GPT, (12, 12).

    A GPT of width 12 learns all first names, and then, for 60 steps in which every
    weight may change, those that end in a. The matrix makes the queries of its last
    block. Raises ModuleNotFoundError without the package names.
    """
    known = [name for name in names() if len(name) < SIZES.context]
    model = GPT(SIZES)
    train(model, *table(known, SIZES.context), BEFORE)
    before = queries(model)
    train(model, *table([n for n in known if n.endswith("a")], SIZES.context), TUNED)
    return queries(model) - before


def queries(model: GPT) -> Array:
    """Return a copy of the matrix that makes the queries of the last block."""
    width = model.config.width
    return model.parameters[LAST_QUERIES][:, :width].astype(np.float64)


def noise_as_long(update: ArrayLike, seed: int = 0) -> Array:
    """Return random entries of the shape of an update, scaled to its length."""
    matrix = np.asarray(update)
    noise = np.random.default_rng(seed).normal(size=matrix.shape)
    return np.asarray(noise * (np.linalg.norm(matrix) / np.linalg.norm(noise)))
