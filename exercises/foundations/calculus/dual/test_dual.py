"""Tests of the exercise `dual`.

A dual number acts like the matrix [[u, u'], [0, u]]: products and quotients are
expected from products and inverses of such matrices, in fractions.
"""

import math
from fractions import Fraction

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def times(a, b):
    """Return the first row of the product of two matrices [[u, u'], [0, u]]."""
    return [a[0] * b[0], a[0] * b[1] + a[1] * b[0]]


def inverse(a):
    """Return the first row of the inverse of such a matrix."""
    return [1 / a[0], -a[1] / (a[0] * a[0])]


def exact(a):
    """Return a dual number in fractions."""
    return [Fraction(float(entry)) for entry in a]


def floats(a):
    """Return a dual number in fractions as an array."""
    return np.array([float(entry) for entry in a])


def dual(rng, size=1.0):
    """Return a dual number whose value is not near 0."""
    signs = rng.choice([-1, 1], size=2)
    return size * signs * rng.uniform(0.5, 2, size=2)


@pytest.mark.points(1)
def test_a_product(sol, rng):
    """Of (3, 1) and (2, 5) it is (6, 17)."""
    expect_close(sol.product(np.array([3.0, 1.0]), np.array([2.0, 5.0])), [6.0, 17.0])
    for sizes in [(1.0, 1.0), (1e3, 1e-3)]:
        a, b = (dual(rng, size) for size in sizes)
        want = floats(times(exact(a), exact(b)))
        expect_close(sol.product(a, b), want, scale=10.0)


@pytest.mark.points(1)
def test_a_quotient(sol):
    """Of (3, 1) and (2, 5) it is (1.5, -3.25)."""
    got = sol.quotient(np.array([3.0, 1.0]), np.array([2.0, 5.0]))
    expect_close(got, [1.5, -3.25])
    expect_close(sol.quotient(np.array([1, 0]), np.array([2, 1])), [0.5, -0.25])


@pytest.mark.points(1)
def test_other_quotients(sol, rng):
    """A quotient times its divisor is the dividend, values and slopes."""
    for size in (1.0, 1e3, 1e-3):
        a, b = dual(rng, size), dual(rng)
        want = floats(times(exact(a), inverse(exact(b))))
        expect_close(sol.quotient(a, b), want, scale=20 * size)


@pytest.mark.points(1)
def test_a_sine(sol, rng):
    """At 0 the slope is kept, and elsewhere it is the cosine times the slope inside."""
    expect_close(sol.sine(np.array([0.0, 3.0])), [0.0, 3.0])
    for _ in range(3):
        u, slope = dual(rng)
        want = [math.sin(u), math.cos(u) * slope]
        expect_close(sol.sine(np.array([u, slope])), want, scale=2.0)


@pytest.mark.points(1)
def test_steps_by_hand(sol):
    """From (2, 1) one step leads to (1.5, 0.5), and two to (17/12, 13/36)."""
    a = np.array([2.0, 1.0])
    expect_close(sol.heron(a, 0), [1.0, 0.0])
    expect_close(sol.heron(a, 1), [1.5, 0.5])
    expect_close(sol.heron(a, 2), [17 / 12, 13 / 36])


@pytest.mark.points(2)
def test_the_root_in_the_end(sol, rng):
    """After many steps it is the root with its slope, for any slope of the input."""
    for value in (0.25, 3.0, 1e3):
        slope = float(rng.uniform(0.5, 3))
        root = math.sqrt(value)
        got = sol.heron(np.array([value, slope]), 40)
        expect_close(got, [root, slope / (2 * root)], scale=[root, slope / root])
    # Of a number that does not depend on the input, neither does the root.
    expect_close(sol.heron(np.array([9.0, 0.0]), 40), [3.0, 0.0])
