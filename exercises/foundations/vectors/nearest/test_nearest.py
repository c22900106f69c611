"""Tests of the exercise `nearest`: cosines are compared as exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def best(X, q):
    """Return the first row with the largest signed square of its cosine."""
    q = [Fraction(v) for v in q.tolist()]
    found = []
    for row in X.tolist():
        x = [Fraction(v) for v in row]
        product = sum(a * b for a, b in zip(x, q, strict=True))
        length = sum(v * v for v in x)
        found.append(product * abs(product) / length if length else -(10**40))
    return found.index(max(found))


def drawn(rng, n, d):
    """Return rows that point anywhere, of lengths from thousandths to thousands."""
    lengths = 10.0 ** rng.integers(-3, 4, size=(n, 1))
    return rng.normal(size=(n, d)) * lengths


@pytest.mark.points(1)
def test_three_rows_by_hand(sol):
    """For (2, 2) among (10, 0), (1, 2) and (0, 3) it is row 1."""
    X = np.array([[10.0, 0], [1, 2], [0, 3]])
    expect_close(sol.nearest(X, np.array([2.0, 2])), 1)


@pytest.mark.points(1)
def test_lengths_do_not_matter(sol, rng):
    """Neither a long row nor a near one is preferred: only the direction counts."""
    for n, d in [(8, 2), (30, 5), (6, 3), (40, 4)]:
        X, q = drawn(rng, n, d), rng.normal(size=d)
        expect_close(sol.nearest(X, q), best(X, q))
    # The second is nearest as a point, the third has the largest dot product.
    X = np.array([[9.0, 9], [1, 2], [40, 0]])
    expect_close(sol.nearest(X, np.array([1.0, 1])), 0)


@pytest.mark.points(1)
def test_against_is_not_alike(sol):
    """A row that points the other way is the least similar one."""
    X = np.array([[-2.0, -4], [3, 1], [-5, 1]])
    expect_close(sol.nearest(X, np.array([1.0, 2])), 1)


@pytest.mark.points(1)
def test_all_of_them_point_away(sol, rng):
    """Where every cosine is negative, the one nearest to 0; one row is enough."""
    X = np.array([[-1.0, 0], [-1, 1], [-2, -2]])
    expect_close(sol.nearest(X, np.array([2.0, 1])), 1)
    X, q = -np.abs(drawn(rng, 9, 3)), np.abs(rng.normal(size=3))
    expect_close(sol.nearest(X, q), best(X, q))
    expect_close(sol.nearest(X[:1], q), 0)


@pytest.mark.points(1)
def test_a_row_of_zeros(sol):
    """A row of zeros is never the answer, wherever it stands."""
    X = np.array([[0.0, 0], [3, 1], [1, 3]])
    expect_close(sol.nearest(X, np.array([0.0, 1])), 2)
    X = np.array([[-1.0, 0], [0, 0], [-3, -1]])
    expect_close(sol.nearest(X, np.array([1.0, 0])), 2)


@pytest.mark.points(1)
def test_the_first_of_equal_rows(sol):
    """Of equal rows the first is returned."""
    X = np.array([[1.0, 0], [2, 1], [0, 1], [2, 1]])
    expect_close(sol.nearest(X, np.array([2.0, 1])), 1)
