"""Tests of the exercise `hessian`: expected are the derivatives of polynomials."""

import math
from fractions import Fraction

import numpy as np
import pytest
from groundup.grader.expect import expect_close

# Central differences lose half of the digits, and a tenth of the rest to the bend.
NEAR = 1e-6


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
def test_the_value(sol, rng):
    """The value is 24.2 at (-1.2, 1), and 0 where all coordinates are 1."""
    expect_close(sol.rosenbrock(np.array([-1.2, 1.0])), 24.2)
    expect_close(sol.rosenbrock(np.ones(4)), 0.0, scale=1.0)
    for n, size in [(1, 1.0), (2, 1e3), (5, 1.0), (3, 1e-3)]:
        x = size * rng.normal(size=n)
        expect_close(sol.rosenbrock(x), value(x))


@pytest.mark.points(1)
def test_the_lowest_point(sol):
    """At (1, 1) the rows are (802, -400) and (-400, 200)."""
    want = [[802.0, -400.0], [-400.0, 200.0]]
    expect_close(sol.hessian(np.array([1.0, 1.0])), want, tolerance=NEAR)


@pytest.mark.points(2)
def test_other_points(sol, rng):
    """Anywhere in the plane, and with one, three or five coordinates."""
    for n in (2, 2, 3, 5):
        x = rng.uniform(-2, 2, size=n)
        expect_close(sol.hessian(x), second(x), tolerance=NEAR)
    expect_close(sol.hessian(np.array([0.5])), [[0.0]], scale=1.0, tolerance=NEAR)
    x = np.array([2, 1, -1])  # whole numbers may be moved by a fraction
    expect_close(sol.hessian(x), second(x), tolerance=NEAR)


@pytest.mark.points(1)
def test_coordinates_near_zero(sol, rng):
    """Where coordinates are as small as a thousandth."""
    for size in (1e-3, 0.0):
        x = size * rng.normal(size=3)
        expect_close(sol.hessian(x), second(x), tolerance=NEAR)


@pytest.mark.points(1)
def test_coordinates_near_a_thousand(sol, rng):
    """Where coordinates are as large as a thousand."""
    x = 1e3 * rng.uniform(0.5, 1, size=3)
    expect_close(sol.hessian(x), second(x), tolerance=NEAR)
    x = np.array([1.0, 800.0])
    expect_close(sol.hessian(x), second(x), tolerance=NEAR)
