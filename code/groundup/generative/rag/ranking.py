"""The best of many scores, in order."""

from __future__ import annotations

from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray

from groundup.validation import real_numbers

Indices = NDArray[np.int64]


def check_k(k: int, name: str = "k") -> int:
    """Return a number of results; raises ValueError unless it is an integer above 0."""
    if isinstance(k, bool) or not isinstance(k, Integral) or k < 1:
        raise ValueError(f"{name} must be an integer of 1 or more, found {k!r}")
    return int(k)


def best(scores: ArrayLike, k: int) -> Indices:
    """Return the indices of the k largest scores, the largest first.

    Of equals the first come first. Shapes `scores: (n,)`, result (min(k, n),): where
    there are fewer scores than k, all are returned. Raises ValueError for another
    shape, for NaN, and for k below 1.
    """
    numbers, k = real_numbers(scores, "scores"), check_k(k)
    if numbers.ndim != 1:
        raise ValueError(f"scores must have shape (n,), found {numbers.shape}")
    if np.isnan(numbers).any():
        raise ValueError("scores holds NaN, which is neither large nor small")
    if k >= len(numbers):
        return np.argsort(-numbers, kind="stable")
    # Sorting all would take n log n steps; a partition takes n, and k are sorted.
    least = np.partition(numbers, -k)[-k]
    above = np.flatnonzero(numbers > least)
    ties = np.flatnonzero(numbers == least)[: k - len(above)]
    chosen = np.sort(np.concatenate([above, ties]))
    return chosen[np.argsort(-numbers[chosen], kind="stable")]
