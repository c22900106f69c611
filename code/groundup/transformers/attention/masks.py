"""Masks: which keys a query may see."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .weights import Array

Mask = NDArray[Any]


def causal_mask(n_queries: int, n_keys: int | None = None) -> NDArray[np.bool_]:
    """Return who may see whom when nobody sees the future: (T, S), True may be seen.

    Formula `attention.causal_mask`. The last query sees all keys, so with a cache of
    earlier keys (S > T) query t stands at position S − T + t.
    """
    n_keys = n_queries if n_keys is None else n_keys
    if n_queries < 0 or n_keys < 0:
        raise ValueError(f"sizes must be 0 or more, found {n_queries} and {n_keys}")
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=np.bool_)


def masked(scores: Array, mask: Mask | None) -> Array:
    """Return scores (..., T, S) with minus infinity where the mask hides a key."""
    if mask is None:
        return scores
    mask = np.asarray(mask)
    if mask.dtype.kind not in "bf":
        raise ValueError(f"mask must be boolean or float, found dtype {mask.dtype}")
    try:
        fits = np.broadcast_shapes(mask.shape, scores.shape) == scores.shape
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(f"mask {mask.shape} does not fit scores {scores.shape}")
    if mask.dtype.kind == "f":
        scores += mask
    else:
        np.copyto(scores, -np.inf, where=~mask)
    return scores
