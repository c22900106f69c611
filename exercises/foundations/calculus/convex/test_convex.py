"""Tests of the exercise `convex`: the bends are planted, then asked for."""

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_same


def planted(rng, bends):
    """Return a symmetric matrix with these eigenvalues."""
    n = len(bends)
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    H = Q * np.array(bends) @ Q.T
    return (H + H.T) / 2


def lopsided(rng, H):
    """Return a matrix that is not symmetric, with the same function xᵀAx as H."""
    n = len(H)
    skew = np.triu(rng.uniform(3, 5, size=(n, n)), 1) * (np.abs(H).max() or 1.0)
    return H + skew - skew.T


def convex(sol, A):
    """Return what the learner says of a function."""
    said = sol.is_convex(A)
    expect(
        isinstance(said, bool | np.bool_), f"You returned {said!r}, not True or False."
    )
    return bool(said)


@pytest.mark.points(1)
def test_decided_points(sol, rng):
    """All bends upward make a minimum, all downward a maximum."""
    expect_same(sol.kind_of_point(np.array([[2.0, 1.0], [1.0, 4.0]])), "minimum")
    expect_same(sol.kind_of_point(np.array([[-3.0]])), "maximum")
    for n in (2, 3, 4):
        for size in (1.0, 1e3, 1e-12):
            bends = size * rng.uniform(0.5, 2, size=n)
            expect_same(sol.kind_of_point(planted(rng, bends)), "minimum")
            expect_same(sol.kind_of_point(planted(rng, -bends)), "maximum")
    expect_same(sol.kind_of_point(planted(rng, [1.0, 1.0, 1.0])), "minimum")  # ties
    # A gentle bend is a bend: it is a millionth of the largest, not zero.
    expect_same(sol.kind_of_point(np.diag([1e-3, 1e3])), "minimum")


@pytest.mark.points(1)
def test_saddles(sol, rng):
    """One bend upward and one downward make a saddle, also beside flat directions."""
    expect_same(sol.kind_of_point(np.array([[2.0, 0.0], [0.0, -2.0]])), "saddle")
    # The diagonal alone bends upward; the direction (1, -1) does not.
    expect_same(sol.kind_of_point(np.array([[1.0, 3.0], [3.0, 1.0]])), "saddle")
    for bends in ([-1.0, -2.0, 3.0], [-1.0, 2.0, 3.0], [-1.0, 0.0, 2.0]):
        for size in (1e3, 1e-3):
            expect_same(sol.kind_of_point(size * planted(rng, bends)), "saddle")
    # Of four bends an even number is downward, and the determinant is above zero.
    expect_same(sol.kind_of_point(planted(rng, [-1.0, -2.0, 1.0, 3.0])), "saddle")


@pytest.mark.points(2)
def test_flat_directions_decide_nothing(sol, rng):
    """A flat direction, and no bends of both kinds, leave the question open."""
    for bends in ([1.0, 0.0], [0.0, -2.0, -1.0], [3.0, 0.0, 0.0, 1.0]):
        for size in (1.0, 1e6, 1e-6):
            # In the planted matrix the zeros are zeros but for rounding.
            expect_same(sol.kind_of_point(size * planted(rng, bends)), "undecided")
    expect_same(sol.kind_of_point(np.zeros((2, 2))), "undecided")
    expect_same(sol.kind_of_point(np.zeros((1, 1))), "undecided")


@pytest.mark.points(1)
def test_convex_functions(sol, rng):
    """Convex: bends upward in every direction, or flat, however A is written."""
    for bends in ([1.0, 2.0], [0.0, 1.0, 3.0], [0.0, 0.0], [2.0]):
        for size in (1.0, 1e8, 1e-12):
            H = size * planted(rng, bends)
            says = f"The bends are twice {np.array(bends) * size}: it is convex."
            expect(convex(sol, H), says)
            expect(convex(sol, lopsided(rng, H)), says)
    expect(convex(sol, np.array([[1, 1], [0, 2]])), "It is x² + xy + 2y², a bowl.")


@pytest.mark.points(1)
def test_functions_that_are_not_convex(sol, rng):
    """A bend downward in one direction is enough, however A is written."""
    A = np.array([[1.0, 4.0], [0.0, 1.0]])
    expect(not convex(sol, A), "x² + 4xy + y² is -2 at (1, -1): it is not convex.")
    for bends in ([-1.0, 2.0], [-1e-3, 1.0, 3.0], [-2.0, -1.0], [-2.0]):
        for size in (1.0, 1e8, 1e-12):
            H = size * planted(rng, bends)
            says = f"The bends are twice {np.array(bends) * size}: it is not convex."
            expect(not convex(sol, H), says)
            expect(not convex(sol, lopsided(rng, H)), says)
