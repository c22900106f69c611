"""Tests of the exercise `onto_plane`: two equations for two numbers, in fractions."""

from fractions import Fraction

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def dot(one, other):
    """Return the dot product of two lists, exact for fractions."""
    return sum(p * q for p, q in zip(one, other, strict=True))


def shadow(a, u, v):
    """Return the projection: what a loses is at a right angle to u and to v."""
    a, u, v = ([Fraction(entry) for entry in x.tolist()] for x in (a, u, v))
    uu, uv, vv, au, av = dot(u, u), dot(u, v), dot(v, v), dot(a, u), dot(a, v)
    size = uu * vv - uv * uv
    s, t = (au * vv - av * uv) / size, (av * uu - au * uv) / size
    return np.array([float(s * p + t * q) for p, q in zip(u, v, strict=True)])


@pytest.mark.points(1)
def test_on_the_floor(sol):
    """On the floor of (1, 0, 0) and (1, 1, 0), the shadow of (2, 3, 4) is (2, 3, 0)."""
    got = sol.onto_plane(
        np.array([2.0, 3, 4]), np.array([1.0, 0, 0]), np.array([1.0, 1, 0])
    )
    expect_close(got, [2.0, 3, 0])


@pytest.mark.points(2)
def test_two_vectors_at_a_right_angle(sol, rng):
    """Where the two are at a right angle, of any length, both shadows are added."""
    a, u, v = np.array([3.0, 1, 2]), np.array([2.0, 0, 0]), np.array([0.0, 3, 3])
    expect_close(sol.onto_plane(a, u, v), [3.0, 1.5, 1.5])
    for n in (3, 6):
        a, u, v = 4 * rng.normal(size=(3, n))
        v = v - (v @ u) / (u @ u) * u
        expect_close(sol.onto_plane(a, u, v), shadow(a, u, v), scale=np.abs(a).max())


@pytest.mark.points(2)
def test_any_two_vectors(sol, rng):
    """The two vectors meet at any angle, have any length and any number of entries."""
    for n, first, second in [
        (3, 1.0, 1.0),
        (5, 1e3, 1.0),
        (8, 1.0, 1e-3),
        (2, 1.0, 1.0),
    ]:
        Q = np.linalg.qr(rng.normal(size=(n, 2)))[0]
        u, v = first * Q[:, 0], second * (Q @ [0.8, 0.6])  # neither long nor narrow
        a = rng.normal(size=n)
        got = sol.onto_plane(a, u, v)
        # Equations with both vectors see their lengths' ratio, a thousand, twice.
        expect_close(got, shadow(a, u, v), scale=np.abs(a).max(), tolerance=1e-9)


@pytest.mark.points(1)
def test_what_lies_in_the_plane_or_upright_on_it(sol, rng):
    """A vector of the plane is its own shadow, and an upright one has none."""
    u, v = np.array([1.0, 2, 0]), np.array([0.0, 1, 1])
    expect_close(sol.onto_plane(3 * u - v, u, v), 3 * u - v)
    expect_close(sol.onto_plane(np.array([2.0, -1, 1]), u, v), np.zeros(3), scale=2.0)
    expect_close(sol.onto_plane(u, u, v), u)
