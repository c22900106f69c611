"""Tests of the exercise `hessian`: expected are the derivatives of polynomials."""

import math
from fractions import Fraction

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_close, numbers

# Second differences lose more than half of the digits, at any step.
NEAR = 1e-5


def value(x):
    """Return Rosenbrock's function in fractions."""
    x = [Fraction(float(v)) for v in x]
    pairs = zip(x[:-1], x[1:], strict=True)
    return float(sum(100 * (b - a * a) ** 2 + (1 - a) ** 2 for a, b in pairs))


def second(x):
    """Return its second derivatives, term by term of the sum."""
    n = len(x)
    H = np.zeros((n, n))
    for i in range(n - 1):
        a, b = float(x[i]), float(x[i + 1])
        corner = math.fsum([1200 * a * a, -400 * b, 2.0])
        H[i : i + 2, i : i + 2] += [[corner, -400 * a], [-400 * a, 200.0]]
    return H


@pytest.mark.points(1)
def test_the_value(sol):
    """The value is 24.2 at (-1.2, 1), and 0 where all coordinates are 1."""
    expect_close(sol.rosenbrock(np.array([-1.2, 1.0])), 24.2)
    expect_close(sol.rosenbrock(np.ones(4)), 0.0, scale=1.0)


@pytest.mark.points(1)
def test_other_values(sol, rng):
    """The value with one coordinate or with many, large ones or small ones."""
    for n, size in [(1, 1.0), (2, 1e3), (5, 1.0), (3, 1e-3)]:
        x = size * rng.normal(size=n)
        expect_close(sol.rosenbrock(x), value(x))


@pytest.mark.points(2)
def test_who_meets_whom(sol, rng):
    """Neighbors have a mixed derivative, both ways the same, and others have none."""
    x = rng.uniform(0.5, 2, size=5)
    H = np.asarray(numbers(sol.hessian(x), np.zeros((5, 5))), dtype=float)
    largest = np.abs(H).max()
    apart = np.abs(np.subtract.outer(range(5), range(5)))
    expect_close(np.where(apart > 1, H, 0.0), np.zeros((5, 5)), scale=largest * 1e7)
    expect_close(H - H.T, np.zeros((5, 5)), scale=largest * 1e7)
    met = bool(np.all(H[apart == 1] < 0))
    expect(met, "Where coordinates are above 0, those of neighbors are below 0.")


@pytest.mark.points(1)
def test_the_lowest_point(sol):
    """At (1, 1) the rows are (802, -400) and (-400, 200)."""
    want = [[802.0, -400.0], [-400.0, 200.0]]
    expect_close(sol.hessian(np.array([1.0, 1.0])), want, tolerance=NEAR)


@pytest.mark.points(1)
def test_other_points(sol, rng):
    """Anywhere, with one, three or five coordinates, also as small as a thousandth."""
    for n in (2, 2, 3, 5):
        x = rng.uniform(-2, 2, size=n)
        expect_close(sol.hessian(x), second(x), tolerance=NEAR)
    expect_close(sol.hessian(np.array([0.5])), [[0.0]], scale=1.0, tolerance=NEAR)
    x = np.array([2, 1, -1])  # whole numbers may be moved by a fraction
    expect_close(sol.hessian(x), second(x), tolerance=NEAR)
    for size in (1e-3, 0.0):
        x = size * rng.normal(size=3)
        expect_close(sol.hessian(x), second(x), tolerance=NEAR)


@pytest.mark.points(1)
def test_coordinates_near_a_thousand(sol, rng):
    """Where coordinates are as large as a thousand."""
    x = 1e3 * rng.uniform(0.5, 1, size=3)
    expect_close(sol.hessian(x), second(x), tolerance=NEAR)
