"""Tests of the exercise `too_even`: every head is done by itself, number by number."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def by_heads(q, k, heads):
    """Return the weights of every head, from sums that are exact."""
    size = q.shape[1] // heads
    found = np.empty((heads, len(q), len(k)))
    for head in range(heads):
        part = slice(head * size, (head + 1) * size)
        for t, query in enumerate(q[:, part].tolist()):
            scores = [
                math.fsum(map(float.__mul__, query, key)) for key in k[:, part].tolist()
            ]
            powers = [math.exp((s - max(scores)) / math.sqrt(size)) for s in scores]
            found[head, t] = [power / math.fsum(powers) for power in powers]
    return found


@pytest.mark.points(1)
def test_two_words_and_two_heads(sol):
    """Two heads of four entries each, with numbers that one can follow."""
    q = np.array([[1.0, 1, 1, 1, 0, 0, 0, 0], [0, 0, 0, 0, 2, 2, 2, 2]])
    expect_close(sol.head_weights(q, q, 2), by_heads(q, q, 2))


@pytest.mark.points(1)
def test_eight_heads(sol, rng):
    """Eight heads, as in the report."""
    q, k = rng.normal(size=(2, 6, 32))
    expect_close(sol.head_weights(q, k, 8), by_heads(q, k, 8))


@pytest.mark.points(2)
def test_any_number_of_heads(sol, rng):
    """One head and others, more keys than queries, heads of one entry."""
    for heads, T, S, d in [(3, 5, 7, 12), (6, 2, 3, 6), (1, 4, 4, 9), (4, 1, 5, 20)]:
        q, k = rng.normal(size=(T, d)), rng.normal(size=(S, d))
        expect_close(sol.head_weights(q, k, heads), by_heads(q, k, heads))


@pytest.mark.points(2)
def test_large_scores_and_equal_ones(sol, rng):
    """Scores of thousands, keys that are the same, queries of a thousandth."""
    q, k = rng.normal(size=(2, 5, 12))
    k[1] = k[0]
    expect_close(sol.head_weights(q / 1e3, k, 4), by_heads(q / 1e3, k, 4))
    # A score of a thousand carries a rounding error of its own, about 1e-13.
    q, k = 50 * q, 50 * k
    expect_close(sol.head_weights(q, k, 4), by_heads(q, k, 4), tolerance=1e-10)
