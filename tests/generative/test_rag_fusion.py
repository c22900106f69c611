"""Fusion of rankings and rankings without repetition: by hand, by definition."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from groundup.foundations.vectors import cosine
from groundup.generative import rag
from hypothesis import given
from hypothesis import strategies as st

RANKINGS = st.lists(st.permutations(range(6)).map(lambda p: p[:4]), max_size=4)


def test_two_rankings_by_hand() -> None:
    fused = rag.reciprocal_rank_fusion([["a", "b", "c"], ["b", "d"]])
    assert list(fused) == ["b", "a", "d", "c"]
    assert fused["b"] == pytest.approx(1 / 62 + 1 / 61, rel=1e-15)
    assert fused["c"] == 1 / 63
    assert rag.reciprocal_rank_fusion([]) == rag.reciprocal_rank_fusion([[]]) == {}


@given(RANKINGS, st.floats(0, 100))
def test_scores_are_sums_of_reciprocal_ranks_in_falling_order(
    rankings: list[list[int]], constant: float
) -> None:
    fused = rag.reciprocal_rank_fusion(rankings, constant)
    assert set(fused) == {document for each in rankings for document in each}
    assert list(fused.values()) == sorted(fused.values(), reverse=True)
    for document, score in fused.items():
        ranks = [each.index(document) + 1 for each in rankings if document in each]
        want = math.fsum(1 / (constant + rank) for rank in ranks)
        assert score == pytest.approx(want, rel=1e-14)


def test_a_single_ranking_keeps_its_order_and_of_equals_the_first_met_leads() -> None:
    assert list(rag.reciprocal_rank_fusion([[3, 1, 2]])) == [3, 1, 2]
    assert list(rag.reciprocal_rank_fusion([[3, 1], [1, 3]])) == [3, 1]


def by_definition(
    query: np.ndarray, X: np.ndarray, k: int, trade_off: float
) -> list[int]:
    chosen: list[int] = []
    while len(chosen) < k:

        def marginal(row: int) -> float:
            said = max((cosine(X[row], X[c]) for c in chosen), default=0.0)
            return trade_off * cosine(X[row], query) - (1 - trade_off) * said

        rest = [row for row in range(len(X)) if row not in chosen]
        # The first is the nearest, whatever the trade-off.
        first = [cosine(X[row], query) for row in rest]
        values = [marginal(row) for row in rest] if chosen else first
        chosen.append(rest[int(np.argmax(values))])
    return chosen


@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 12),
    st.integers(1, 8),
    st.sampled_from([0.0, 0.3, 0.7, 1.0]),
)
def test_rows_are_chosen_as_the_definition_says(
    seed: int, n: int, d: int, trade_off: float
) -> None:
    rng = np.random.default_rng(seed)
    query, X = rng.normal(size=d + 1), rng.normal(size=(n, d + 1))
    found = rag.maximal_marginal_relevance(query, X, n, trade_off)
    assert found.tolist() == by_definition(query, X, n, trade_off)
    assert sorted(found) == list(range(n))


def test_a_copy_of_the_best_row_has_to_wait() -> None:
    X = [[1.0, 0.1], [1.0, 0.1], [0.6, -0.8]]
    assert rag.maximal_marginal_relevance([1, 0], X, 2, 1.0).tolist() == [0, 1]
    assert rag.maximal_marginal_relevance([1, 0], X, 2, 0.5).tolist() == [0, 2]
    assert rag.maximal_marginal_relevance([1, 0], X, 99).tolist() == [0, 2, 1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rag.reciprocal_rank_fusion([[1], [2, 2]]), "ranking 1 has a document"),
        (lambda: rag.reciprocal_rank_fusion([[1]], -1), "constant must be 0 or more"),
        (lambda: rag.reciprocal_rank_fusion([[1]], math.nan), "found nan"),
        (
            lambda: rag.maximal_marginal_relevance([1], [[1]], 1, 1.5),
            "trade_off must lie between 0 and 1, found 1.5",
        ),
        (
            lambda: rag.maximal_marginal_relevance([1], [[1]], 0),
            "k must be an integer of 1 or more",
        ),
        (
            lambda: rag.maximal_marginal_relevance([1], np.zeros((0, 1)), 1),
            "X is empty",
        ),
        (
            lambda: rag.maximal_marginal_relevance([1], [[1], [0]], 1),
            "row 1 of X is all zeros",
        ),
        (
            lambda: rag.maximal_marginal_relevance([1, 2], [[1]], 1),
            "same number of columns",
        ),
    ],
)
def test_bad_input_is_refused_in_words(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
