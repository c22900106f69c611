"""Tests of the exercise `rms_norm`: vector by vector, in plain Python."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def one(vector, gain, eps):
    """Return the norm of one vector, entry by entry."""
    size = math.sqrt(math.fsum(v * v for v in vector) / len(vector) + eps)
    return [g * v / size for g, v in zip(gain, vector, strict=True)]


def every(x, gain, eps):
    """Return the norm of all vectors along the last axis."""
    rows = [one(row, gain, eps) for row in x.reshape(-1, x.shape[-1]).tolist()]
    return np.array(rows).reshape(x.shape)


@pytest.mark.points(1)
def test_a_vector_by_hand(sol):
    """(1, 7) has mean square 25, so it becomes (1/5, 7/5); the gain comes after."""
    x = np.array([1.0, 7.0])
    expect_close(sol.rms_norm(x, np.ones(2), 0.0), [0.2, 1.4])
    expect_close(sol.rms_norm(x, np.array([10.0, -1.0]), 0.0), [2.0, -1.4])


@pytest.mark.points(1)
def test_each_token_by_itself(sol, rng):
    """Each row is divided by its own root mean square."""
    for shape in [(4, 3), (3, 3), (1, 5)]:
        x = rng.normal(size=shape) * rng.uniform(0.1, 10, size=(shape[0], 1))
        gain = rng.normal(size=shape[1])
        expect_close(sol.rms_norm(x, gain, 1e-6), every(x, gain, 1e-6))


@pytest.mark.points(1)
def test_any_number_of_axes(sol, rng):
    """Heads of rows are allowed too: the last axis is the vector."""
    x, gain = rng.normal(size=(2, 3, 4)), rng.normal(size=4)
    expect_close(sol.rms_norm(x, gain, 1e-5), every(x, gain, 1e-5))


@pytest.mark.points(1)
def test_nothing_is_subtracted(sol, rng):
    """A vector of equal entries keeps its direction: it is not centered."""
    gain = rng.normal(size=6)
    expect_close(sol.rms_norm(np.full((2, 6), 3.0), gain, 0.0), np.stack([gain, gain]))


@pytest.mark.points(1)
def test_zeros_stay_zeros(sol, rng):
    """A vector of zeros is no division by zero: it stays zero."""
    x, gain = np.zeros((2, 4)), rng.normal(size=4)
    expect_close(sol.rms_norm(x, gain, 1e-5), x, scale=1.0)


@pytest.mark.points(1)
def test_eps_joins_the_mean_of_squares(sol):
    """With a large eps it shows where it is added: below the root, to the mean."""
    x = np.array([[3.0, 4.0], [0.0, 1.0]])
    expect_close(sol.rms_norm(x, np.ones(2), 2.0), every(x, [1.0, 1.0], 2.0))
