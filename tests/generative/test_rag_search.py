"""Search by inner products: beside FAISS, empty cells, few points, bad input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from groundup.generative import rag
from groundup.generative.rag import clusters, ranking
from groundup.generative.rag.clusters import nearest_centers
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

Array = NDArray[np.float32]
SEEDS = range(3)  # cells depend on chance: what is compared is a mean


def clustered(n: int, d: int, groups: int, seed: int = 0) -> Array:
    """Return vectors of length 1 around centers drawn at random."""
    rng = np.random.default_rng(seed)
    around = rng.normal(size=(groups, d))[rng.integers(groups, size=n)]
    X = around + 0.7 * rng.normal(size=(n, d))
    return (X / np.linalg.norm(X, axis=1, keepdims=True)).astype(np.float32)


def recall(found: NDArray[np.int64], true: NDArray[np.int64]) -> float:
    """Return which share of the true neighbors is found, over all queries."""
    pairs = zip(found, true, strict=True)
    return float(np.mean([len({*a} & {*b}) / len(b) for a, b in pairs]))


def by_definition(Q: Array, X: Array, k: int) -> NDArray[np.int64]:
    return np.argsort(-(Q @ X.T), axis=1, kind="stable")[:, :k]


@pytest.fixture(scope="module")
def points() -> Array:
    return clustered(6000, 32, 30)


@pytest.fixture(scope="module")
def queries() -> Array:
    return clustered(6200, 32, 30)[6000:]


# ---- all are tried


@given(
    st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 5), st.integers(1, 50)
)
def test_exact_search_is_a_stable_sort(seed: int, n: int, m: int, k: int) -> None:
    rng = np.random.default_rng(seed)  # small whole numbers: many are equal
    X = rng.integers(-2, 3, (n, 3)).astype(np.float32)
    Q = rng.integers(-2, 3, (m, 3)).astype(np.float32)
    found, scores = rag.ExactSearch(X).search(Q, k)
    assert found.tolist() == by_definition(Q, X, k).tolist()
    assert np.array_equal(scores, np.take_along_axis(Q @ X.T, found, axis=1))


@pytest.mark.parametrize("block", [1, 7, 64, 10_000])
def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    rng = np.random.default_rng(1)
    X = rng.integers(-3, 4, (500, 4)).astype(np.float32)
    Q = rng.integers(-3, 4, (9, 4)).astype(np.float32)
    monkeypatch.setattr(rag.search, "BLOCK", block)
    monkeypatch.setattr(ranking, "PENDING", 2)
    found = rag.ExactSearch(X).search(Q, 6).indices
    assert found.tolist() == by_definition(Q, X, 6).tolist()


def test_exact_search_is_that_of_faiss(points: Array, queries: Array) -> None:
    faiss = pytest.importorskip("faiss")
    peer = faiss.IndexFlatIP(32)
    peer.add(points)
    scores, indices = peer.search(queries, 10)
    found = rag.ExactSearch(points).search(queries, 10)
    np.testing.assert_allclose(found.scores, scores, atol=1e-6)
    assert recall(found.indices, indices) > 0.999  # but for equals to rounding


# ---- the likely are tried


def test_as_many_are_found_as_with_the_cells_of_faiss(
    points: Array, queries: Array
) -> None:
    faiss = pytest.importorskip("faiss")
    true = rag.ExactSearch(points).search(queries, 10).indices
    probes, ours, theirs = (1, 2, 4, 8), [], []
    for seed in SEEDS:
        index = rag.IVF(points, 64, seed)
        quantizer = faiss.IndexFlatIP(32)
        peer = faiss.IndexIVFFlat(quantizer, 32, 64, faiss.METRIC_INNER_PRODUCT)
        peer.cp.seed = seed + 1
        peer.train(points)
        peer.add(points)
        for n_probe in probes:
            peer.nprobe = n_probe
            found = index.search(queries, 10, n_probe).indices
            ours.append(recall(found, true))
            theirs.append(recall(peer.search(queries, 10)[1], true))
    difference = np.mean(np.reshape(ours, (-1, 4)) - np.reshape(theirs, (-1, 4)), 0)
    assert difference.min() >= -0.03
    assert ours[3] > 0.9 > ours[0] > 0.3


def test_all_cells_are_all_rows(points: Array, queries: Array) -> None:
    exact = rag.ExactSearch(points).search(queries, 10)
    for n_probe in (64, 1000):
        found = rag.IVF(points, 64).search(queries, 10, n_probe)
        assert recall(found.indices, exact.indices) > 0.999
        np.testing.assert_allclose(found.scores, exact.scores, atol=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(1, 9), st.integers(1, 20))
def test_of_equals_in_several_cells_the_first_come_first(
    seed: int, n_cells: int, k: int
) -> None:
    rng = np.random.default_rng(seed)
    X = rng.integers(-2, 3, (30, 2)).astype(np.float32)
    Q = rng.integers(-2, 3, (3, 2)).astype(np.float32)
    found = rag.IVF(X, n_cells, seed).search(Q, k, n_cells).indices
    assert found.tolist() == by_definition(Q, X, k).tolist()


def test_one_query_is_answered_as_it_is_among_many(
    points: Array, queries: Array
) -> None:
    index = rag.IVF(points, 64)
    many = index.search(queries, 5, 3)
    for query in range(20):
        one = index.search(queries[query : query + 1], 5, 3)
        assert one.indices[0].tolist() == many.indices[query].tolist()


def test_cells_with_too_few_rows_leave_places_empty() -> None:
    X = np.eye(3, dtype=np.float32)
    found, scores = rag.IVF(X, 3).search(X[:1], 3, n_probe=1)
    assert found.tolist() == [[0, -1, -1]]
    assert scores.tolist() == [[1, -np.inf, -np.inf]]


def test_fewer_points_than_cells_have_a_cell_each() -> None:
    X = clustered(5, 4, 2)
    index = rag.IVF(X, 100)
    assert index.centers.shape == (5, 4)
    assert index.search(X, 1, 5).indices[:, 0].tolist() == [0, 1, 2, 3, 4]
    assert index.search(X, 99, 99).indices.shape == (5, 5)


def test_copies_of_one_point_leave_cells_empty_and_are_found() -> None:
    X = np.tile(np.float32([[0.6, 0.8]]), (20, 1))
    index = rag.IVF(X, 8)
    assert np.count_nonzero(np.diff(index.starts)) < 8
    assert index.search(X[:1], 4, 8).indices.tolist() == [[0, 1, 2, 3]]


# ---- k-means


def test_centers_are_means_and_an_empty_cell_gets_the_farthest_row() -> None:
    X = [[0.0], [0.2], [10.0], [10.2], [50.0]]
    centers = rag.k_means(X, 3, seed=0)
    assert np.sort(centers[:, 0]) == pytest.approx([0.1, 10.1, 50])
    for seed in range(20):  # two of three starts are equal: a cell is empty at first
        twins = rag.k_means([[0.0], [0.0], [0.0], [5.0], [9.0]], 3, seed)
        assert np.sort(twins[:, 0]) == pytest.approx([0, 5, 9])


def test_k_means_is_as_good_as_scikit_learns(points: Array) -> None:
    from sklearn.cluster import KMeans

    peer = KMeans(30, init="random", n_init=1, max_iter=25, random_state=0)
    theirs = [peer.set_params(random_state=s).fit(points).inertia_ for s in SEEDS]
    ours = [nearest_centers(points, rag.k_means(points, 30, s))[1].sum() for s in SEEDS]
    assert np.mean(ours) < 1.03 * np.mean(theirs)


def test_distances_are_those_to_the_nearest_center(
    points: Array, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "BLOCK", 100)
    rows, centers = points[:250], points[300:320]
    cells, distances = nearest_centers(rows, centers)
    every = ((rows[:, None] - centers) ** 2).sum(axis=2)
    np.testing.assert_allclose(distances, every.min(axis=1), atol=1e-5)
    assert cells.tolist() == every.argmin(axis=1).tolist()


# ---- product quantization


def test_as_many_are_found_as_with_the_bytes_of_faiss(
    points: Array, queries: Array
) -> None:
    faiss = pytest.importorskip("faiss")
    true = rag.ExactSearch(points).search(queries, 10).indices
    for n_parts in (4, 16):
        ours = rag.ProductQuantizer(points, n_parts)
        peer = faiss.IndexPQ(32, n_parts, 8, faiss.METRIC_INNER_PRODUCT)
        peer.train(points)
        peer.add(points)
        assert ours.codes.nbytes == n_parts * len(points) == ours.codes.size
        found = recall(ours.search(queries, 10).indices, true)
        assert found >= recall(peer.search(queries, 10)[1], true) - 0.03
        assert found > 0.2


def test_tables_give_the_inner_products_of_what_codes_stand_for(
    points: Array, queries: Array
) -> None:
    index = rag.ProductQuantizer(points[:500], 8)
    stood_for = index.decode()
    assert stood_for.shape == (500, 32)
    found = index.search(queries[:10], 7)
    want = rag.ExactSearch(stood_for).search(queries[:10], 7)
    np.testing.assert_allclose(found.scores, want.scores, atol=1e-6)


def test_few_points_are_kept_exactly() -> None:
    X = clustered(40, 8, 5)
    index = rag.ProductQuantizer(X, 2)
    np.testing.assert_allclose(index.decode(), X, atol=1e-6)
    assert index.search(X, 1).indices[:, 0].tolist() == list(range(40))
    assert index.search(X, 99).indices.shape == (40, 40)


# ---- inputs

ONE = np.float32([[1.0, 0.0], [0.0, 1.0]])


def test_arguments_of_every_kind_are_taken_and_left_as_they_are() -> None:
    X = ONE.copy()
    X.setflags(write=False)
    for given_X in (X, X.tolist(), np.asfortranarray(X), X.astype(np.float64)):
        assert rag.ExactSearch(given_X).search([[0, 2]], 1).indices.tolist() == [[1]]
        assert rag.IVF(given_X, 2).search([[0, 2]], 1, 2).indices.tolist() == [[1]]
    assert np.shares_memory(rag.ExactSearch(X).X, X)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rag.ExactSearch(np.zeros((0, 3))), r"1 or more, found \(0, 3\)"),
        (lambda: rag.ExactSearch([1.0]), r"shape \(n, d\) .* found \(1,\)"),
        (lambda: rag.ExactSearch([[np.nan]]), "X holds numbers that are not finite"),
        (lambda: rag.ExactSearch([[1e300]]), "not finite in float32"),
        (lambda: rag.ExactSearch([["a"]]), "X must hold real numbers"),
        (lambda: rag.ExactSearch(ONE).search(ONE, 0), "k must be an integer of 1"),
        (lambda: rag.ExactSearch(ONE).search([[1]]), "queries must have 2 columns"),
        (lambda: rag.ExactSearch(ONE).search([1, 2]), r"queries must have shape"),
        (lambda: rag.IVF(ONE, 0), "n_cells must be an integer of 1 or more, found 0"),
        (lambda: rag.IVF(ONE, 1).search(ONE, 1, 0), "n_probe must be an integer"),
        (lambda: rag.IVF(ONE, 1).search([[1]]), "queries must have 2 columns, found 1"),
        (lambda: rag.k_means(ONE, 1, max_iter=0), "max_iter must be an integer"),
        (lambda: rag.ProductQuantizer(ONE, 3), "divide the 2 columns of X, found 3"),
        (lambda: rag.ProductQuantizer(ONE, 0), "n_parts must be an integer"),
        (lambda: rag.ProductQuantizer(ONE, 1).search([[1]]), "must have 2 columns"),
    ],
)
def test_bad_input_is_refused_in_words(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
