"""The best of many scores, in order: at once, or as they come."""

from __future__ import annotations

from numbers import Integral
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from groundup.validation import real_numbers

Array = NDArray[np.float32]
Indices = NDArray[np.int64]
PENDING = 32  # times as many results as wanted are collected before they are sorted


class Found(NamedTuple):
    """What a search returns: indices, the best first, and their scores.

    Shapes (k,) for one query, (m, k) for m of them.
    """

    indices: Indices
    scores: Array


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


class Best:
    """The k best results of each of m queries, out of scores that come in blocks.

    `least: (m,)` bounds from below what can still be among them, so most of a block is
    left aside by one comparison.
    """

    def __init__(self, m: int, k: int) -> None:
        self.m, self.k = m, check_k(k)
        self.least = np.full(m, -np.inf, np.float32)
        nothing: tuple[Any, ...] = (
            *(np.empty(0, np.int64), np.empty(0, np.int64)),
            np.empty(0, np.float32),
        )
        self.pieces = [nothing]  # query, index and score of each result so far
        self.pending = 0  # results in those pieces

    def offer(self, queries: Indices, indices: Indices, scores: Array) -> None:
        """Take the scores of some indices for some queries.

        Shapes `queries: (q,)`, `indices: (c,)`, `scores: (q, c)`.
        """
        least = self.least[queries]
        unknown = np.flatnonzero(np.isneginf(least))
        if len(unknown) and len(indices) > self.k:
            least[unknown] = np.partition(scores[unknown], -self.k)[:, -self.k]
            self.least[queries] = least
        query, place = np.nonzero(scores >= least[:, None])
        self.pieces.append((queries[query], indices[place], scores[query, place]))
        self.pending += len(query)
        if self.pending > PENDING * self.m * self.k:
            self.sort()

    def sort(self) -> Indices:
        """Keep the best k of each query, in order; return their ranks, from 0."""
        query, index, score = map(np.concatenate, zip(*self.pieces, strict=True))
        order = np.lexsort((index, -score, query))
        query = query[order]
        rank = np.arange(len(query)) - np.searchsorted(query, query)
        kept = rank < self.k
        order, query, rank = order[kept], query[kept], rank[kept]
        self.pieces, self.pending = [(query, index[order], score[order])], len(query)
        last = rank == self.k - 1
        self.least[query[last]] = score[order[last]]
        return rank

    def found(self, width: int) -> Found:
        """Return the results as tables (m, width); -1 and −∞ where there are fewer."""
        rank = self.sort()
        ((query, index, score),) = self.pieces
        indices = np.full((self.m, width), -1)
        scores = np.full((self.m, width), -np.inf, np.float32)
        indices[query, rank], scores[query, rank] = index, score
        return Found(indices, scores)
