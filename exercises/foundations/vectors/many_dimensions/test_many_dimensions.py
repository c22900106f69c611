"""Tests of the exercise `many_dimensions`: pair by pair, by sums and differences.

The angle comes from the two diagonals of the rhombus of both directions, which is exact
where the arc cosine is not.
"""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def mean_tilt(X):
    """Return the mean over all pairs of how far from 90 degrees the angle is."""
    units = [row / math.sqrt(math.fsum(row * row)) for row in X]
    found = []
    for i, one in enumerate(units):
        for other in units[:i]:
            apart, together = np.linalg.norm(one - other), np.linalg.norm(one + other)
            found.append(abs(math.degrees(2 * math.atan2(apart, together)) - 90))
    return math.fsum(found) / len(found)


@pytest.mark.points(1)
def test_a_thousand_dimensions(sol):
    """Two hundred random directions in 1,000 dimensions: those of the prediction."""
    X = np.random.default_rng(1).normal(size=(200, 1000))
    expect_close(sol.tilt(X), mean_tilt(X), tolerance=1e-11)


@pytest.mark.points(1)
def test_three_rows_by_hand(sol):
    """(1, 0), (1, 1) and (0, 2) meet at 45, 45 and 90 degrees: the mean is 30."""
    expect_close(sol.tilt(np.array([[1.0, 0], [1, 1], [0, 2]])), 30.0)


@pytest.mark.points(1)
def test_one_pair(sol):
    """A pair at 135 degrees is as far from a right angle as one at 45."""
    expect_close(sol.tilt(np.array([[2.0, 0], [-3, 3]])), 45.0)
    expect_close(sol.tilt(np.array([[2.0, 0], [3, 3]])), 45.0)


@pytest.mark.points(1)
def test_any_directions(sol, rng):
    """In few dimensions and in many, with vectors of any length."""
    for n, d in [(5, 2), (12, 3), (4, 40), (30, 7)]:
        X = rng.normal(size=(n, d)) * 10.0 ** rng.integers(-3, 4, size=(n, 1))
        # An arc cosine loses some digits where two rows are nearly parallel.
        expect_close(sol.tilt(X), mean_tilt(X), tolerance=1e-9)


@pytest.mark.points(2)
def test_rows_that_are_multiples_of_each_other(sol, rng):
    """Rows along one line are 90 degrees from a right angle, however they round."""
    for d in (2, 3, 5, 8):
        X = np.outer(rng.uniform(0.1, 10, size=12), rng.normal(size=d))
        # Next to a cosine of 1 the arc cosine keeps half of the digits.
        expect_close(sol.tilt(X), 90.0, tolerance=1e-7)
        X[1::2] *= -1
        expect_close(sol.tilt(X), 90.0, tolerance=1e-7)
