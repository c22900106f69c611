"""Several rankings as one, and a ranking that does not say the same thing twice."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from groundup.foundations.vectors import cosine_similarity
from groundup.validation import finite_numbers

from .ranking import Indices, check_k

Document = TypeVar("Document", bound=Hashable)


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[Document]], constant: float = 60
) -> dict[Document, float]:
    """Return all documents of several rankings with their scores, the best first.

    Formula `rag.reciprocal_rank_fusion`: each ranking gives 1 / (constant + rank) to
    its documents. Only ranks count, so scores of different scales need no conversion.
    Of equals that comes first which was met first. Raises ValueError for a negative
    constant and for a document that stands in one ranking twice.
    Source: Cormack, Clarke and Büttcher (2009).
    """
    if not 0 <= constant < np.inf:
        raise ValueError(f"constant must be 0 or more and finite, found {constant}")
    scores: dict[Document, float] = {}
    for number, ranking in enumerate(rankings):
        if len(set(ranking)) < len(ranking):
            raise ValueError(f"ranking {number} has a document more than once")
        for rank, document in enumerate(ranking, start=1):
            scores[document] = scores.get(document, 0.0) + 1 / (constant + rank)
    order = sorted(scores, key=lambda document: -scores[document])
    return {document: scores[document] for document in order}


def maximal_marginal_relevance(
    query: ArrayLike, X: ArrayLike, k: int, trade_off: float = 0.5
) -> Indices:
    """Return k rows of X, each near the query and far from those before it.

    Formula `rag.mmr`: the next row has the largest trade_off·cos(query, row) −
    (1 − trade_off)·(largest cosine with a row that was chosen). A trade-off of 1 gives
    the nearest rows, 0 the most different ones after the nearest. Of equals the first
    comes first. Shapes `query: (d,)`, `X: (n, d)`, result (min(k, n),). Raises
    ValueError for a trade-off outside of 0..1, k below 1, rows of zeros and shapes that
    do not fit. Source: Carbonell and Goldstein (1998).
    """
    if not 0 <= trade_off <= 1:
        raise ValueError(f"trade_off must lie between 0 and 1, found {trade_off}")
    X, k = finite_numbers(X, "X", 2), check_k(k)
    relevance = cosine_similarity(X, finite_numbers(query, "query", 1)[None])[:, 0]
    nearest: NDArray[np.float64] = np.full(len(X), -np.inf)  # to a row that was chosen
    chosen = [int(np.argmax(relevance))]
    while len(chosen) < min(k, len(X)):
        last = cosine_similarity(X, X[chosen[-1:]])[:, 0]
        nearest = np.maximum(nearest, last)
        marginal = trade_off * relevance - (1 - trade_off) * nearest
        marginal[chosen] = -np.inf
        chosen.append(int(np.argmax(marginal)))
    return np.array(chosen)
