"""Tests of the exercise `broken_cosine`: pair by pair, with exact sums."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def cosines(X, Y):
    """Return the cosine of each pair of rows, 0 where a row has no length."""

    def dot(x, y):
        return math.fsum(float(p) * float(q) for p, q in zip(x, y, strict=True))

    return np.array(
        [[dot(x, y) / (math.sqrt(dot(x, x) * dot(y, y)) or 1.0) for y in Y] for x in X]
    )


@pytest.mark.points(1)
def test_like_itself(sol):
    """Each of (3, 4), (0, 2) and (5, 0) has the cosine 1 with itself."""
    X = np.array([[3.0, 4], [0, 2], [5, 0]])
    want = [[1.0, 0.8, 0.6], [0.8, 1, 0], [0.6, 0, 1]]
    expect_close(sol.similarities(X, X), want)


@pytest.mark.points(2)
def test_any_rows(sol, rng):
    """Tables of any size, with rows of any sign and equal ones among them."""
    for n, m, d in [(4, 6, 3), (7, 2, 5), (3, 3, 3), (5, 5, 2)]:
        X, Y = rng.normal(size=(n, d)), rng.normal(size=(m, d))
        Y[-1] = Y[0]
        expect_close(sol.similarities(X, Y), cosines(X, Y), scale=1.0)


@pytest.mark.points(1)
def test_one_text_and_many(sol, rng):
    """A single row on one side does not change what the other side gets."""
    X, Y = rng.normal(size=(1, 4)), rng.normal(size=(6, 4))
    expect_close(sol.similarities(X, Y), cosines(X, Y), scale=1.0)
    expect_close(sol.similarities(Y, X), cosines(Y, X), scale=1.0)


@pytest.mark.points(1)
def test_length_has_no_say(sol, rng):
    """Rows of a thousand times the length, or a thousandth, have the same cosines."""
    X, Y = rng.normal(size=(4, 3)), rng.normal(size=(5, 3))
    want = cosines(X, Y)
    X, Y = X * [[1e3], [1e-3], [1.0], [2.0]], Y * 1e-3
    expect_close(sol.similarities(X, Y), want, scale=1.0)


@pytest.mark.points(1)
def test_a_text_without_words(sol):
    """A row of zeros has the cosine 0 with every row, and the others have theirs."""
    X, Y = np.array([[0.0, 0], [1, 1]]), np.array([[2.0, 0], [0, 0], [3, 3]])
    r = math.sqrt(0.5)
    expect_close(sol.similarities(X, Y), [[0.0, 0, 0], [r, 0, 1]])
