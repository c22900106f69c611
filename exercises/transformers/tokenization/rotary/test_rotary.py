"""Tests of the exercise `rotary`: complex numbers turn the pairs, one by one."""

import cmath

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def turned(x, positions, base):
    """Return the rows turned by multiplying complex numbers."""
    n, d = x.shape
    result = np.zeros((n, d))
    for t in range(n):
        for j in range(d // 2):
            angle = float(positions[t]) * base ** (-2 * j / d)
            z = complex(x[t, j], x[t, j + d // 2]) * cmath.exp(1j * angle)
            result[t, j], result[t, j + d // 2] = z.real, z.imag
    return result


@pytest.mark.points(1)
def test_a_quarter_turn(sol):
    """With two entries there is one pair, turned by the position itself."""
    x, positions = np.array([[3.0, 1.0], [3.0, 1.0]]), np.array([0.0, np.pi / 2])
    expect_close(sol.rotate(x, positions, 100.0), np.array([[3.0, 1.0], [-1.0, 3.0]]))


@pytest.mark.points(1)
def test_entry_j_is_paired_with_entry_j_plus_half(sol):
    """Of four entries, the first and third are a pair, the second and fourth too."""
    x = np.eye(4)
    positions = np.full(4, 2)
    expect_close(sol.rotate(x, positions, 16.0), turned(x, positions, 16.0))


@pytest.mark.points(1)
def test_each_pair_has_its_own_speed(sol, rng):
    """Many pairs, several bases: the first pair turns fastest."""
    for d, base in [(6, 10000.0), (8, 50.0), (64, 1e5)]:
        x = rng.normal(size=(5, d))
        positions = rng.integers(0, 40, size=5)
        want = turned(x, positions, base)
        expect_close(sol.rotate(x, positions, base), want, tolerance=1e-11)


@pytest.mark.points(1)
def test_lengths_stay(sol, rng):
    """A turn changes no length, and position 0 changes nothing."""
    x = rng.normal(size=(4, 10)) * np.array([[1e-3], [1.0], [1e3], [0.0]])
    result = np.asarray(sol.rotate(x, np.array([7, 0, 3, 9])))
    expect_close(np.sum(result**2, axis=-1), np.sum(x**2, axis=1))
    expect_close(sol.rotate(x, np.zeros(4, int)), x)


@pytest.mark.points(1)
def test_the_dot_product_knows_the_distance_alone(sol, rng):
    """Query and key moved on together have the dot product that they had."""
    q, k = rng.normal(size=(2, 1, 12))
    distance = int(rng.integers(1, 9))
    start = np.sum(q * turned(k, np.array([distance]), 500.0))
    for shift in (0, 1, 5, 300):
        both = np.concatenate([q, k])
        places = np.array([shift, shift + distance])
        result = np.asarray(sol.rotate(both, places, 500.0))
        scale = np.linalg.norm(q) * np.linalg.norm(k)
        # An angle near 300 carries a rounding error of about 1e-13.
        expect_close(np.sum(result[0] * result[1]), start, scale=scale, tolerance=1e-11)


@pytest.mark.points(1)
def test_the_base_is_ten_thousand_unless_told(sol, rng):
    """Without a base, 10,000 is used; one row, or none, is enough."""
    for n in (1, 0):
        x, positions = rng.normal(size=(n, 4)), np.arange(n) + 6
        expect_close(sol.rotate(x, positions), turned(x, positions, 10000.0))
