"""Tests of the exercise `wrong_gradient`.

A central difference of a parabola is its slope for any step: the expected gradients
come from the double sum alone.
"""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def bowl(A, b, x):
    """Return the double sum with every product added exactly."""
    n = range(len(x))
    terms = [float(A[i, j]) * float(x[i]) * float(x[j]) for i in n for j in n]
    return math.fsum([*terms, *(float(b[i]) * float(x[i]) for i in n)])


def slopes(A, b, x):
    """Return the gradient by central differences with a step of 1."""
    steps = np.eye(len(x))
    return np.array([(bowl(A, b, x + e) - bowl(A, b, x - e)) / 2 for e in steps])


def lopsided(rng, n):
    """Return a matrix far from symmetric whose bowl has a lowest point."""
    A = rng.uniform(-1, 1, size=(n, n))
    if n > 1:
        A[0, -1], A[-1, 0] = 2.0, -1.5
    return A + (n + 1) * np.eye(n)


@pytest.mark.points(1)
def test_the_bowl_of_the_chapter(sol):
    """Written with the rows (1, 1) and (0, 2), it has the gradient (2.5, 3)."""
    A, b, x = np.array([[1.0, 1.0], [0.0, 2.0]]), np.zeros(2), np.array([1.0, 0.5])
    expect_close(sol.gradient(A, b, x), [2.5, 3.0])
    expect_close(sol.value(A, b, x), 2.0)


@pytest.mark.points(2)
def test_the_slope_along_every_coordinate(sol, rng):
    """It is the slope of f along each coordinate, for matrices of every size."""
    for n in (1, 2, 3, 5):
        A, b, x = lopsided(rng, n), rng.normal(size=n), rng.normal(size=n)
        want = slopes(A, b, x)
        # Differences of values near 30 are good to about 1e-14.
        expect_close(sol.gradient(A, b, x), want, scale=10.0 * n)
        expect_close(sol.value(A, b, x), bowl(A, b, x), scale=10.0 * n)
    A, b, x = np.array([[1, 4], [1, 3]]), np.array([1, 0]), np.array([1, 2])
    expect_close(sol.gradient(A, b, x), [13.0, 17.0])


@pytest.mark.points(2)
def test_the_lowest_point(sol, rng):
    """At the lowest point the slope along every coordinate is zero."""
    for n in (1, 2, 4):
        A, where = lopsided(rng, n), rng.normal(size=n)
        # With b chosen so, the lowest point is known.
        b = -np.array([A[k] @ where + A[:, k] @ where for k in range(n)])
        # Solving costs the digits of the condition number, which is below 100.
        expect_close(sol.lowest(A, b), where, scale=1.0, tolerance=1e-11)
    A, b = np.array([[1.0, 1.0], [0.0, 2.0]]), np.array([-2.0, 5.0])
    expect_close(sol.lowest(A, b), [13 / 7, -12 / 7])


@pytest.mark.points(1)
def test_other_scales(sol, rng):
    """Steep bowls and flat ones, lopsided as well."""
    for size in (1e3, 1e-3):
        A, b, x = size * lopsided(rng, 3), size * rng.normal(size=3), rng.normal(size=3)
        expect_close(sol.gradient(A, b, x), slopes(A, b, x), scale=30.0 * size)
