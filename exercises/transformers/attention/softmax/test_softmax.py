"""Tests of the exercise `softmax`.

The expected weights are computed one by one with the exact sums of `math.fsum`.
"""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def weights(scores):
    """Return the weights of one list of scores."""
    exponentials = [math.exp(score - max(scores)) for score in scores]
    return [e / math.fsum(exponentials) for e in exponentials]


def along_last_axis(x):
    """Return the weights of every slice along the last axis."""
    rows = [weights(row) for row in x.reshape(-1, x.shape[-1]).tolist()]
    return np.array(rows).reshape(x.shape)


@pytest.mark.points(1)
def test_three_scores_by_hand(sol):
    """The scores 0, ln 2 and ln 5 have the weights 1/8, 2/8 and 5/8."""
    x = np.log(np.array([1.0, 2.0, 5.0]))
    expect_close(sol.softmax(x), np.array([1, 2, 5]) / 8)


@pytest.mark.points(1)
def test_each_row_of_a_table_by_itself(sol, rng):
    """In a table, each row is a list of scores of its own."""
    for shape in [(4, 3), (3, 3), (1, 5)]:
        x = rng.normal(size=shape)
        expect_close(sol.softmax(x), along_last_axis(x))


@pytest.mark.points(1)
def test_any_number_of_axes(sol, rng):
    """Heads, queries, keys: however many axes there are, it is the last that counts."""
    for shape in [(2, 3, 4), (2, 2, 2, 2), (1, 1, 6)]:
        x = rng.normal(size=shape)
        expect_close(sol.softmax(x), along_last_axis(x))


@pytest.mark.points(1)
def test_large_scores(sol, rng):
    """Scores of thousands, of either sign, alike or far apart, still have weights."""
    x = rng.normal(size=(4, 5)) + np.array([[1e3], [-1e3], [1e4], [0.0]])
    x[3] = rng.permutation([-1e3, 0.0, 1.0, 2.0, 1e3])
    # A score of ten thousand carries a rounding error of its own, about 1e-12.
    expect_close(sol.softmax(x), along_last_axis(x), tolerance=1e-11)
    x = np.array([[0.0, 1.0], [1000.0, 1001.0]] * 2)[:3]
    expect_close(sol.softmax(x), along_last_axis(x))


@pytest.mark.points(1)
def test_rows_of_very_different_size(sol, rng):
    """One row near a thousand does not drown another near zero."""
    x = rng.normal(size=(2, 4))
    x[0] += 2000
    expect_close(sol.softmax(x), along_last_axis(x), tolerance=1e-11)


@pytest.mark.points(1)
def test_equal_scores_and_a_single_one(sol, rng):
    """Equal scores share the weight equally; a single score takes all of it."""
    size = int(rng.integers(2, 9))
    expect_close(
        sol.softmax(np.full((2, size), rng.normal())), np.full((2, size), 1 / size)
    )
    expect_close(sol.softmax(rng.normal(size=(3, 1))), np.ones((3, 1)))
