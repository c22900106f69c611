"""How good a ranking is, told from the documents that should have been found.

A ranking is a sequence of documents' names or numbers, the best first. `relevant` are
those that answer the query. A share of answered questions has an interval, too:
`wilson_interval` of the chapter on fine-tuning.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from math import log2

from .ranking import check_k


def recall_at_k(
    ranking: Sequence[Hashable], relevant: Collection[Hashable], k: int
) -> float:
    """Return which share of the relevant documents is among the first k.

    Formula `rag.recall`. Raises ValueError for k below 1, for a document that stands
    in the ranking twice, and where nothing is relevant.
    """
    k, wanted = check_k(k), checked(ranking, relevant)
    return sum(document in wanted for document in ranking[:k]) / len(wanted)


def hit_at_k(
    ranking: Sequence[Hashable], relevant: Collection[Hashable], k: int
) -> bool:
    """Tell whether any relevant document is among the first k.

    One is enough to answer a question from. Errors as of `recall_at_k`.
    """
    return recall_at_k(ranking, relevant, k) > 0


def reciprocal_rank(
    ranking: Sequence[Hashable], relevant: Collection[Hashable]
) -> float:
    """Return 1 / rank of the first relevant document, 0 where none was found.

    Formula `rag.reciprocal_rank`. Errors as of `recall_at_k`.
    """
    wanted = checked(ranking, relevant)
    ranks = (rank for rank, each in enumerate(ranking, start=1) if each in wanted)
    return 1 / first if (first := next(ranks, 0)) else 0.0


def mean_reciprocal_rank(
    rankings: Sequence[Sequence[Hashable]], relevant: Sequence[Collection[Hashable]]
) -> float:
    """Return the mean of the reciprocal ranks of several queries (MRR).

    Raises ValueError unless each of one ranking or more has its relevant documents.
    """
    if len(rankings) != len(relevant) or not rankings:
        raise ValueError(
            "expected the relevant documents of each of one ranking or more,"
            f" found {len(rankings)} rankings and {len(relevant)} collections"
        )
    found = map(reciprocal_rank, rankings, relevant)
    return sum(found) / len(rankings)


def dcg(gains: Sequence[float]) -> float:
    """Return the sum of gains, each divided by log₂(rank + 1).

    Formula `rag.dcg`. `gains` are those at ranks 1, 2, …
    """
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def ndcg_at_k(
    ranking: Sequence[Hashable], gains: Mapping[Hashable, float], k: int
) -> float:
    """Return the discounted gain of the first k, as a share of the best possible one.

    Formula `rag.ndcg`. `gains` says how much each relevant document is worth; the
    others are worth 0. Raises ValueError for k below 1, a document that stands in the
    ranking twice, a gain that is negative or not finite, and where all gains are 0.
    Source: Järvelin and Kekäläinen (2002).
    """
    for document, gain in gains.items():
        if not 0 <= gain < float("inf"):
            raise ValueError(
                f"a gain must be 0 or more and finite, found {gain} of {document!r}"
            )
    k = check_k(k)
    checked(ranking, [document for document, gain in gains.items() if gain > 0])
    found = [gains.get(document, 0.0) for document in ranking[:k]]
    return dcg(found) / dcg(sorted(gains.values(), reverse=True)[:k])


def checked(
    ranking: Sequence[Hashable], relevant: Collection[Hashable]
) -> frozenset[Hashable]:
    """Return the relevant documents as a set; raises ValueError as the measures say."""
    seen: dict[Hashable, int] = {}
    for rank, document in enumerate(ranking, start=1):
        if (before := seen.setdefault(document, rank)) < rank:
            raise ValueError(
                f"a document has one rank; {document!r} stands at {before} and {rank}"
            )
    if len(relevant) == 0:
        raise ValueError("no document is relevant: how many are found says nothing")
    return frozenset(relevant)
