"""Tests of the exercise `collinear`: rank and best weights are planted."""

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def orthonormal(rng, rows, columns):
    """Return a random matrix with orthonormal columns."""
    return np.linalg.qr(rng.normal(size=(rows, columns)))[0]


@pytest.mark.points(1)
def test_the_four_points_of_the_chapter(sol):
    """With independent columns the weights are as ever: intercept 0.5, slope 1.4."""
    X = np.array([[1.0, 1], [1, 2], [1, 3], [1, 4]])
    y = np.array([2.0, 3, 5, 6])
    expect_close(sol.least_squares(X, y), [0.5, 1.4])


@pytest.mark.points(1)
def test_a_feature_given_twice(sol):
    """A feature given twice counts once, and equal weights share the slope of 1.4."""
    X = np.array([[1.0, 1, 1], [1, 2, 2], [1, 3, 3], [1, 4, 4]])
    y = np.array([2.0, 3, 5, 6])
    expect_close(sol.rank(X), 2)
    expect_close(sol.least_squares(X, y), [0.5, 0.7, 0.7])


@pytest.mark.points(1)
def test_the_rank_does_not_depend_on_the_units(sol, rng):
    """The rank counts what is above rounding, in any unit and any shape."""
    X = rng.normal(size=(9, 3)) @ rng.normal(size=(3, 5))
    for unit in (1.0, 1e3, 1e-3, 1e-14):
        expect_close(sol.rank(X * unit), 3)
    expect_close(sol.rank(np.zeros((4, 2))), 0, scale=1.0)
    for size, rank in [(100, 1), (2000, 2)]:
        X = np.zeros((1000, 2))
        X[0, 0], X[1, 1] = 1.0, size * np.finfo(float).eps
        expect_close(sol.rank(X), rank)
        expect_close(sol.rank(X.T), rank)


@pytest.mark.points(1)
def test_no_weight_where_there_are_no_data(sol, rng):
    """Of all the weights that fit best, it returns the shortest."""
    seen = orthonormal(rng, 6, 4)  # the data respond to these directions only
    stretch = orthonormal(rng, 15, 4) * [1e3, 5.0, 1.0, 0.1]
    y = rng.normal(size=15)
    want = seen @ (stretch.T @ y / [1e6, 25.0, 1.0, 0.01])
    # The smallest singular value is 1e-4 of the largest: four digits less than eps.
    expect_close(sol.least_squares(stretch @ seen.T, y), want, tolerance=1e-10)
    # A feature that is always 0 has a singular value of 0, to the last digit.
    X = np.array([[1.0, 0], [2, 0], [2, 0]])
    expect_close(sol.least_squares(X, np.array([1.0, 2, 2])), [1.0, 0.0])


@pytest.mark.points(1)
def test_more_features_than_samples(sol, rng):
    """With more features than samples the fit is exact, and the shortest such fit."""
    for n in (1, 3):
        directions, y = orthonormal(rng, 7, n), rng.normal(size=n)
        lengths = np.array([1e-3, 1.0, 1e3])[:n]
        X = lengths[:, None] * directions.T
        # Rows are 1e6 apart in length, which costs six digits.
        want = directions @ (y / lengths)
        expect_close(sol.least_squares(X, y), want, tolerance=1e-9)


@pytest.mark.points(1)
def test_nearly_collinear_features_keep_their_digits(sol, rng):
    """Collinear but for a millionth, or twenty thousand samples: the digits stay."""
    U, V = orthonormal(rng, 20, 3), orthonormal(rng, 3, 3)
    X = U * [1.0, 1.0, 1e-6] @ V.T
    w = V @ [1.0, -1.0, 1.0]
    # Rounding in y alone, eps, is magnified a million times: 1e-10 is the best.
    expect_close(sol.least_squares(X, X @ w), w, tolerance=1e-8)
    # Of twenty thousand samples, nothing of the size n × n fits into memory.
    X, w = orthonormal(rng, 20_000, 2), np.array([1.0, -1.0])
    expect_close(sol.least_squares(X, X @ w), w)
