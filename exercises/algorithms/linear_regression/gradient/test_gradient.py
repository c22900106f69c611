"""Tests of the exercise `gradient`.

The loss is a parabola along every direction, and a central difference of a parabola
is its slope for any step, so the tests need no small step and no formula.
"""

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def slopes(X, y, w, steps=1.0):
    """Return the slopes of the mean squared error, by central differences."""
    sides = [
        [np.mean((X @ (w + sign * step) - y) ** 2) for step in steps * np.eye(len(w))]
        for sign in (1, -1)
    ]
    return (np.array(sides[0]) - sides[1]) / (2 * np.ones(len(w)) * steps)


@pytest.mark.points(1)
def test_the_four_points_of_the_chapter(sol):
    """On the chapter's four points, at intercept 0.5 and slope 1, it is (-2, -6)."""
    X = np.array([[1.0, 1], [1, 2], [1, 3], [1, 4]])
    y = np.array([2.0, 3, 5, 6])
    expect_close(sol.gradient(X, y, np.array([0.5, 1.0])), np.array([-2.0, -6.0]))


@pytest.mark.points(1)
def test_the_slope_in_every_direction(sol, rng):
    """It is the slope of the loss along each weight, for tall tables and wide ones."""
    for n, d in [(12, 3), (3, 5)]:
        X, y, w = rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d)
        expect_close(sol.gradient(X, y, w), slopes(X, y, w))
    # Where all that is given is whole numbers, the slopes have fractions still.
    X, y, w = np.array([[1, 2], [1, 3], [1, 5]]), np.array([1, 1, 2]), np.array([0, 1])
    expect_close(sol.gradient(X, y, w), np.array([4.0, 46 / 3]))


@pytest.mark.points(1)
def test_repeating_every_sample_changes_nothing(sol, rng):
    """The loss is a mean: with every sample there twice, the gradient is the same."""
    X, y, w = rng.normal(size=(7, 3)), rng.normal(size=7), rng.normal(size=3)
    twice = sol.gradient(np.vstack([X, X]), np.tile(y, 2), w)
    expect_close(twice, slopes(X, y, w))


@pytest.mark.points(1)
def test_one_sample(sol, rng):
    """A single sample is enough for a gradient."""
    X, y, w = rng.normal(size=(1, 4)), rng.normal(size=1), rng.normal(size=4)
    expect_close(sol.gradient(X, y, w), slopes(X, y, w))


@pytest.mark.points(1)
def test_flat_at_the_bottom(sol, rng):
    """Where the weights fit best, the gradient is zero."""
    Q, _ = np.linalg.qr(rng.normal(size=(20, 3)))  # orthonormal: best is Q.T @ y
    y = rng.normal(size=20)
    expect_close(sol.gradient(Q, y, Q.T @ y), np.zeros(3), scale=1.0)


@pytest.mark.points(1)
def test_features_in_very_different_units(sol, rng):
    """One feature in thousandths and one in thousands get their own slopes."""
    X = rng.normal(size=(15, 3)) * [1e-3, 1.0, 1e3]
    y, w = rng.normal(size=15), rng.normal(size=3) * [1e3, 1.0, 1e-3]
    # Each slope is measured against the size of the terms that it adds up.
    scale = 2 / 15 * np.abs(X).T @ np.abs(X @ w - y)
    steps = np.array([1e3, 1.0, 1e-3])
    expect_close(sol.gradient(X, y, w), slopes(X, y, w, steps), scale=scale)
