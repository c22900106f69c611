"""BM25: by hand, beside bm25s, ties, texts of every kind, bad input."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from groundup.generative import rag
from groundup.generative.rag import BM25
from hypothesis import given
from hypothesis import strategies as st

LETTERS = st.text(alphabet="abcde", min_size=1, max_size=2)
TEXTS = st.lists(LETTERS, max_size=12).map(" ".join)
CORPORA = st.lists(TEXTS, min_size=1, max_size=15).filter(lambda c: any(c))


def plain(text: str) -> list[str]:
    return text.split()


def defined(documents: list[str], query: str, k1: float, b: float) -> list[float]:
    """Return the scores straight from the definition, in double precision."""
    texts = [document.split() for document in documents]
    mean = sum(map(len, texts)) / len(texts)
    found = []
    for text in texts:
        score = 0.0
        for word in query.split():
            f = sum(word in other for other in texts)
            weight = math.log(1 + (len(texts) - f + 0.5) / (f + 0.5))
            k = k1 * (1 - b + b * len(text) / mean)
            count = text.count(word)
            score += weight * count / (count + k) if count else 0.0
        found.append(score)
    return found


# ---- by hand, and from the definition


def test_three_documents_by_hand() -> None:
    index = BM25(["red red blue", "blue", "green green"], cut=plain)
    lengths = 1 - 0.75 + 0.75 * np.array([1.5, 0.5, 1.0])  # the mean is 2
    rare, common = math.log(1 + 2.5 / 1.5), math.log(1 + 1.5 / 2.5)
    want = [
        rare * 2 / (2 + 1.5 * lengths[0]) + common / (1 + 1.5 * lengths[0]),
        common / (1 + 1.5 * lengths[1]),
        0,
    ]
    np.testing.assert_allclose(index.scores("red blue"), want, rtol=1e-6)
    found, scores = index.search("red blue")
    assert found.tolist() == [0, 1]
    np.testing.assert_allclose(scores, want[:2], rtol=1e-6)


def test_the_index_is_three_arrays() -> None:
    index = BM25(["a b a", "b c"], cut=plain)
    assert index.vocabulary == {"a": 0, "b": 1, "c": 2}
    assert index.starts.tolist() == [0, 1, 3, 4]
    assert index.documents.tolist() == [0, 0, 1, 1]
    assert index.weights.shape == (4,)


@given(CORPORA, TEXTS, st.sampled_from([0.0, 0.9, 1.5, 3.0]), st.floats(0, 1))
def test_scores_are_those_of_the_definition(
    documents: list[str], query: str, k1: float, b: float
) -> None:
    ours = BM25(documents, k1, b, cut=plain).scores(query)
    want = defined(documents, query, k1, b)
    np.testing.assert_allclose(ours, want, rtol=3e-6, atol=1e-7)


@given(CORPORA, TEXTS, st.integers(1, 20))
def test_what_is_found_is_sorted_complete_and_explained(
    documents: list[str], query: str, k: int
) -> None:
    index = BM25(documents, cut=plain)
    scores, (found, told) = index.scores(query), index.search(query, k)
    assert len(found) == min(k, np.count_nonzero(scores))
    by_hand = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    assert found.tolist() == by_hand[: len(found)]
    assert told.tolist() == scores[found].tolist()
    for document in range(len(documents)):
        parts = index.explain(query, document)
        assert set(parts) == set(query.split())
        assert sum(parts.values()) == pytest.approx(scores[document], rel=1e-5)


@given(st.integers(0, 50), st.floats(0.1, 10))
def test_saturation_rises_and_never_reaches_one(count: int, k: float) -> None:
    before, after = rag.saturation([count, count + 1], k)
    assert 0 <= before < after < 1
    assert rag.saturation(k, k) == 0.5


def test_with_endless_k1_only_the_ratios_of_tf_idf_are_left() -> None:
    documents = ["a a a b", "b b a c", "c d d d"]
    index = BM25(documents, k1=1e6, b=0.0, cut=plain)
    counts = [[text.split().count(w) for w in "ab"] for text in documents]
    weights = rag.tf_idf(counts, [2, 2], 3).sum(axis=1)
    np.testing.assert_allclose(index.scores("a b") * 1e6, weights, rtol=1e-5)


def test_lengths_count_by_b_alone() -> None:
    lengths = [1.0, 2.0, 6.0]
    assert rag.length_factor(lengths, 3.0, 0.0).tolist() == [1, 1, 1]
    assert rag.length_factor(lengths, 3.0, 1.0).tolist() == [1 / 3, 2 / 3, 2]
    assert rag.length_factor(3.0, 3.0) == 1


# ---- beside bm25s


@pytest.mark.parametrize(("k1", "b"), [(1.5, 0.75), (0.9, 0.4), (2.0, 1.0), (1.2, 0)])
def test_scores_and_ranks_are_those_of_bm25s(k1: float, b: float) -> None:
    bm25s = pytest.importorskip("bm25s")
    rng = np.random.default_rng(0)
    vocabulary = np.array([f"w{i}" for i in range(500)])
    likely = 1 / np.arange(1, 501)
    likely /= likely.sum()
    texts = [
        rng.choice(vocabulary, size=rng.integers(1, 60), p=likely).tolist()
        for _ in range(2000)
    ]
    ours = BM25([" ".join(text) for text in texts], k1, b, cut=plain)
    peer = bm25s.BM25(method="lucene", k1=k1, b=b, backend="numpy")
    peer.index(texts, show_progress=False)
    for _ in range(50):
        query = rng.choice(vocabulary, size=rng.integers(1, 12)).tolist()
        theirs = peer.get_scores(query)
        np.testing.assert_allclose(
            ours.scores(" ".join(query)), theirs, rtol=3e-6, atol=3e-6
        )
        _, told = ours.search(" ".join(query), 10)
        best = peer.retrieve([query], k=10, show_progress=False).scores[0]
        np.testing.assert_allclose(told, best[: len(told)], rtol=3e-6, atol=3e-6)


# ---- words


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("countries", "country"),
        ("cities", "city"),
        ("aies", "aies"),
        ("houses", "house"),
        ("trees", "trees"),
        ("shoes", "shoes"),
        ("rivers", "river"),
        ("focus", "focus"),
        ("grass", "grass"),
        ("gas", "gas"),
        ("does", "does"),
        ("river", "river"),
    ],
)
def test_plurals_lose_their_ending(word: str, stemmed: str) -> None:
    assert rag.stem(word) == stemmed


def test_words_are_stems_without_stop_words_and_accents() -> None:
    said = "What are the capitals of Côte d'Ivoire, and of São Tomé in 2024?"
    want = ["capital", "cote", "d", "ivoire", "sao", "tome", "2024"]
    assert rag.words(said) == want
    assert rag.words("") == rag.words("What is the …?") == []
    assert rag.words("½ ﬁsh") == ["1⁄2", "fish"]


@given(st.text())
def test_any_text_has_words_and_they_are_found_again(text: str) -> None:
    found = rag.words(text)
    assert all(found)
    if found:
        index = BM25([text, "zzz"])
        assert index.search(text, 1)[0].tolist() == [0]


# ---- the best of many


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=30), st.integers(1, 40))
def test_the_best_are_those_of_a_stable_sort(scores: list[int], k: int) -> None:
    want = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:k]
    assert rag.best(scores, k).tolist() == want


# ---- inputs


def test_an_empty_query_finds_nothing() -> None:
    index = BM25(["one rain", "two rain"])
    for query in ("", "the of", "snow"):
        assert index.scores(query).tolist() == [0, 0]
        found, scores = index.search(query)
        assert len(found) == len(scores) == 0


def test_more_results_than_documents_are_all_that_match() -> None:
    index = BM25(["rain", "", "rain sun"])
    assert index.search("rain", 1000)[0].tolist() == [0, 2]


def test_a_word_said_twice_counts_twice() -> None:
    index = BM25(["rain sun", "sun"])
    np.testing.assert_allclose(index.scores("sun sun"), 2 * index.scores("sun"))
    np.testing.assert_allclose(index.explain("sun sun", 1)["sun"], 2 * index.weights[2])


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: BM25([]), ValueError, "document with a word, found 0 documents"),
        (lambda: BM25(["", "the"]), ValueError, "found 2 documents without any"),
        (lambda: BM25("one text"), TypeError, "sequence of texts, found one text"),
        (lambda: BM25(["a", 3]), TypeError, "expected a text, got int"),
        (lambda: BM25(["rain"], k1=-1), ValueError, "k1 must be 0 or more"),
        (lambda: BM25(["rain"], k1=math.nan), ValueError, "k1 .* found nan"),
        (lambda: BM25(["rain"], b=1.5), ValueError, "b must lie between 0 and 1"),
        (lambda: BM25(["rain"]).search("a", 0), ValueError, "k must be an integer"),
        (lambda: BM25(["rain"]).search("a", 2.0), ValueError, "1 or more, found 2.0"),
        (lambda: BM25(["rain"]).search("a", True), ValueError, "found True"),
        (lambda: BM25(["rain"]).explain("a", 1), IndexError, "lie in 0..0, found 1"),
        (lambda: BM25(["rain"]).scores(None), TypeError, "expected a text"),
        (lambda: rag.words("a\ud800"), ValueError, "half of a surrogate pair"),
        (lambda: rag.idf([3], 2), ValueError, r"lie in 0..2, found 3.0..3.0"),
        (lambda: rag.saturation([-1], 1), ValueError, "found a negative number"),
        (lambda: rag.length_factor([1], 0), ValueError, "mean must be positive"),
        (lambda: rag.best([[1.0]], 1), ValueError, r"shape \(n,\), found \(1, 1\)"),
        (lambda: rag.best([math.nan], 1), ValueError, "scores holds NaN"),
        (lambda: rag.best(["a"], 1), ValueError, "scores must hold real numbers"),
    ],
)
def test_bad_input_is_refused_in_words(
    call: Callable[[], Any], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        call()
