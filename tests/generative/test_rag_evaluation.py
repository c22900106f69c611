"""Measures of a ranking: by hand, beside pytrec-eval, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from groundup.generative import rag
from hypothesis import given
from hypothesis import strategies as st

RANKINGS = st.permutations(range(12)).flatmap(
    lambda order: st.integers(0, 12).map(lambda n: list(order)[:n])
)
GAINS = st.dictionaries(st.integers(0, 15), st.integers(1, 4), min_size=1, max_size=10)


def test_a_ranking_by_hand() -> None:
    ranking, relevant = ["a", "b", "c", "d"], {"b", "d", "x"}
    assert rag.recall_at_k(ranking, relevant, 1) == 0
    assert rag.recall_at_k(ranking, relevant, 2) == 1 / 3
    assert rag.recall_at_k(ranking, relevant, 100) == 2 / 3
    assert not rag.hit_at_k(ranking, relevant, 1)
    assert rag.hit_at_k(ranking, relevant, 2)
    assert rag.reciprocal_rank(ranking, relevant) == 1 / 2
    assert rag.reciprocal_rank(ranking, {"x"}) == rag.reciprocal_rank([], {"x"}) == 0
    both = rag.mean_reciprocal_rank([ranking, ranking], [relevant, {"a"}])
    assert both == 3 / 4
    ideal = 3 + 1 / math.log2(3)
    found = 1 / math.log2(3) + 3 / math.log2(5)
    gains = {"b": 1, "d": 3}
    assert rag.ndcg_at_k(ranking, gains, 4) == pytest.approx(found / ideal)
    assert rag.ndcg_at_k(ranking, gains, 1) == 0
    assert rag.ndcg_at_k(["d", "b"], gains, 5) == 1


@given(RANKINGS, GAINS, st.sampled_from([1, 3, 5, 10]))
def test_measures_are_those_of_pytrec_eval(
    ranking: list[int], gains: dict[int, int], k: int
) -> None:
    pytrec_eval = pytest.importorskip("pytrec_eval")
    measures = {f"recall.{k}", f"ndcg_cut.{k}", f"success.{k}", "recip_rank"}
    peer = pytrec_eval.RelevanceEvaluator(
        {"q": {str(document): gain for document, gain in gains.items()}}, measures
    )
    run = {str(each): float(-rank) for rank, each in enumerate(ranking)}
    # An empty ranking is none for the library: every measure of it is 0.
    theirs = peer.evaluate({"q": run}).get("q", {}) if run else {}
    ours = {
        f"recall_{k}": rag.recall_at_k(ranking, gains.keys(), k),
        f"ndcg_cut_{k}": rag.ndcg_at_k(ranking, gains, k),
        f"success_{k}": float(rag.hit_at_k(ranking, gains.keys(), k)),
        "recip_rank": rag.reciprocal_rank(ranking, gains.keys()),
    }
    for name, value in ours.items():
        assert value == pytest.approx(theirs.get(name, 0.0), abs=1e-12), name


def test_the_mean_over_queries_is_that_of_pytrec_eval() -> None:
    pytrec_eval = pytest.importorskip("pytrec_eval")
    rng = np.random.default_rng(0)
    rankings = [rng.permutation(30)[:20].tolist() for _ in range(40)]
    relevant = [set(rng.choice(30, rng.integers(1, 4), False)) for _ in range(40)]
    qrel = {str(q): {str(d): 1 for d in each} for q, each in enumerate(relevant)}
    run = {
        str(q): {str(d): float(-rank) for rank, d in enumerate(each)}
        for q, each in enumerate(rankings)
    }
    peer = pytrec_eval.RelevanceEvaluator(qrel, {"recip_rank"}).evaluate(run)
    want = np.mean([each["recip_rank"] for each in peer.values()])
    ours = rag.mean_reciprocal_rank(rankings, relevant)
    assert ours == pytest.approx(want, rel=1e-12)


@given(RANKINGS, GAINS, st.integers(1, 12))
def test_the_best_order_is_worth_one_and_none_more(
    ranking: list[int], gains: dict[int, int], k: int
) -> None:
    best = sorted(gains, key=lambda document: -gains[document])
    assert rag.ndcg_at_k(best, gains, k) == pytest.approx(1, rel=1e-15)
    assert 0 <= rag.ndcg_at_k(ranking, gains, k) <= 1 + 1e-15


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rag.recall_at_k([1], {1}, 0), "k must be an integer of 1 or more"),
        (lambda: rag.recall_at_k([1], set(), 1), "no document is relevant"),
        (lambda: rag.recall_at_k([1, 2, 1], {1}, 1), "1 stands at 1 and 3"),
        (lambda: rag.reciprocal_rank(["a", "a"], {1}), "'a' stands at 1 and 2"),
        (lambda: rag.mean_reciprocal_rank([], []), "found 0 rankings and 0 coll"),
        (lambda: rag.mean_reciprocal_rank([[1]], []), "found 1 rankings and 0 coll"),
        (lambda: rag.ndcg_at_k([1], {}, 1), "no document is relevant"),
        (lambda: rag.ndcg_at_k([1], {1: 0.0}, 1), "no document is relevant"),
        (lambda: rag.ndcg_at_k([1], {1: -1.0}, 1), "found -1.0 of 1"),
        (lambda: rag.ndcg_at_k([1], {1: math.nan}, 1), "found nan of 1"),
        (lambda: rag.ndcg_at_k([1], {1: 1.0}, 1.5), "k must be an integer"),
    ],
)
def test_bad_input_is_refused_in_words(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
