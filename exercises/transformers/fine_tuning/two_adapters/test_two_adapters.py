"""Tests of the exercise `two_adapters`: every entry is an exact sum of products."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_close, expect_parts, numeric


def update(adapter):
    """Return what an adapter adds to a matrix, entry by entry."""
    A, B, alpha = adapter
    columns = list(zip(*B.tolist(), strict=True))
    sums = [[math.fsum(map(float.__mul__, a, b)) for b in columns] for a in A.tolist()]
    return alpha / len(B) * np.array(sums)


def drawn(rng, d_in, rank, d_out, alpha):
    """Return an adapter."""
    return rng.normal(size=(d_in, rank)), rng.normal(size=(rank, d_out)), alpha


def size(*adapters):
    """Return how large the products are that are added up."""
    return sum(
        len(A) * len(B) * abs(alpha) * np.max(abs(A)) * np.max(abs(B))
        for A, B, alpha in adapters
    )


def expect_joined(sol, first, second):
    """Compare what one adapter adds with what two of them add."""
    found = expect_parts(sol.joined(first, second), "A", "B", "alpha")
    expect(all(map(numeric, found)), "A, B and alpha are to be made of numbers alone.")
    A, B, alpha = (np.asarray(part, float) for part in found)
    rank = len(first[1]) + len(second[1])
    shapes = (len(first[0]), rank), (rank, first[1].shape[1])
    expect(
        (A.shape, B.shape, alpha.shape) == (*shapes, ()),
        f"Your A and B have the shapes {A.shape} and {B.shape}. The ranks add up to"
        f" {rank}: expected {shapes[0]} and {shapes[1]}, and one number for alpha.",
    )
    finite = all(np.all(np.isfinite(part)) for part in (A, B, alpha))
    expect(finite, "Not all numbers of your A, B and alpha are finite.")
    added = alpha / rank * (A @ B)
    expect_close(
        added,
        update(first) + update(second),
        scale=size(first, second),
        says=told(added, first, second),
    )


def told(added, *adapters):
    """Return how often each adapter's product stands in what is added, if it does."""
    what = "Compared is what is added to the frozen matrix."
    products = [np.ravel(A @ B) for A, B, _ in adapters]
    table = np.column_stack(products)
    found, *_ = np.linalg.lstsq(table, np.ravel(added), rcond=None)
    if not np.allclose(table @ found, np.ravel(added)):
        return f"{what} Yours is no sum of multiples of A1 B1 and A2 B2."
    wanted = [alpha / len(B) for _, B, alpha in adapters]
    if np.linalg.matrix_rank(table) < 2 or np.allclose(found, wanted):
        return what
    return (
        f"{what} Yours has {found[0]:.4g} A1 B1 + {found[1]:.4g} A2 B2, and the factors"
        f" should be {wanted[0]:.4g} and {wanted[1]:.4g}."
    )


@pytest.mark.points(1)
def test_one_vector_by_hand(sol):
    """With A = (1, 2, 0), B = (3, -1) and alpha 2, (1, 1, 1) gets (18, -6) more."""
    W = np.array([[1.0, 0], [0, 1], [1, 1]])
    adapter = np.array([[1.0], [2], [0]]), np.array([[3.0, -1]]), 2.0
    expect_close(sol.adapted(np.array([1.0, 1, 1]), W, adapter), [20, -4])


@pytest.mark.points(1)
def test_beside_the_frozen_matrix(sol, rng):
    """Any rank and any alpha, for many tokens, one or none, and for several texts."""
    shapes = [((4,), 3, 2, 5), ((2, 3), 4, 3, 4), ((1,), 2, 1, 1), ((0,), 3, 4, 3)]
    for leading, d_in, rank, d_out in shapes:
        x, W = rng.normal(size=(*leading, d_in)), rng.normal(size=(d_in, d_out))
        adapter = drawn(rng, d_in, rank, d_out, float(rng.uniform(1, 20)))
        want = np.einsum("...i,ij->...j", x, W + update(adapter))
        scale = np.max(abs(x), initial=0) * (size(adapter) + d_in * np.max(abs(W)))
        expect_close(sol.adapted(x, W, adapter), want, scale=scale)


@pytest.mark.points(2)
def test_merged(sol, rng):
    """One matrix gives the same, for matrices wide, tall and square."""
    for d_in, rank, d_out in [(3, 2, 5), (6, 3, 2), (3, 3, 3), (4, 1, 4)]:
        for scale in (1.0, 1e3, 1e-3):
            W = scale * rng.normal(size=(d_in, d_out))
            adapter = drawn(rng, d_in, rank, d_out, float(rng.uniform(1, 20)))
            most = size(adapter) + np.max(abs(W))
            expect_close(sol.merged(W, adapter), W + update(adapter), scale=most)


@pytest.mark.points(1)
def test_joined_by_hand(sol):
    """Two adapters of rank 1 and alpha 1 give one of rank 2."""
    one = np.array([[1.0], [0]]), np.array([[1.0, 2, 0]]), 1.0
    two = np.array([[0.0], [1]]), np.array([[3.0, 4, 1]]), 1.0
    expect_joined(sol, one, two)


@pytest.mark.points(1)
def test_joined_of_one_rank(sol, rng):
    """Two adapters of the same rank and alpha."""
    for d_in, rank, d_out in [(5, 2, 4), (3, 3, 3), (2, 4, 6)]:
        adapters = [drawn(rng, d_in, rank, d_out, 16.0) for _ in range(2)]
        expect_joined(sol, *adapters)
    expect_joined(sol, adapters[0], adapters[0])  # one of them twice


@pytest.mark.points(2)
def test_joined_of_any_rank_and_alpha(sol, rng):
    """Ranks that differ, and alphas that differ."""
    for first, second in [(1, 4), (3, 2), (2, 2), (5, 1)]:
        alphas = rng.uniform([1, 10], [5, 30]).tolist()
        expect_joined(
            sol, drawn(rng, 4, first, 3, alphas[0]), drawn(rng, 4, second, 3, alphas[1])
        )
