"""Tests of the exercise `perplexity`: models whose probabilities are planted."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def planted(rng, size, shares):
    """Return ids, and logits that give each next token its share, and a useless end."""
    ids = rng.integers(0, size, len(shares) + 1)
    logits = np.empty((len(shares) + 1, size))
    for t, share in enumerate(shares):
        logits[t] = math.log((1 - share) / (size - 1))
        logits[t, ids[t + 1]] = math.log(share)
    logits[-1] = 50 * rng.normal(size=size)
    # Any number can be added to a row of logits.
    return logits + rng.normal(size=(len(shares) + 1, 1)), ids


@pytest.mark.points(1)
def test_all_alike(sol, rng):
    """If all tokens are alike, the perplexity is the size of the vocabulary."""
    for size in (2, 7, 100):
        ids = rng.integers(0, size, 5)
        expect_close(sol.perplexity(np.full((5, size), 1.5), ids), size)


@pytest.mark.points(1)
def test_planted_probabilities(sol, rng):
    """Probabilities 1/2 and 1/8 make a perplexity of 4: one over their middle."""
    logits, ids = planted(rng, 6, [1 / 2, 1 / 8])
    expect_close(sol.perplexity(logits, ids), 4.0)
    shares = rng.uniform(0.05, 0.9, 9)
    logits, ids = planted(rng, 11, shares)
    expect_close(sol.perplexity(logits, ids), math.exp(-np.mean(np.log(shares))))


@pytest.mark.points(1)
def test_each_row_predicts_the_token_after_it(sol, rng):
    """A model that is right about every next token is not surprised."""
    ids = rng.permutation(8)
    logits = np.zeros((8, 8))
    logits[np.arange(7), ids[1:]] = 60.0
    expect_close(sol.perplexity(logits, ids), 1.0, tolerance=1e-9)


@pytest.mark.points(1)
def test_logits_of_thousands(sol, rng):
    """Rows with logits of thousands, of either sign, count as any others."""
    logits, ids = planted(rng, 5, [0.3, 0.6, 0.2])
    want = (0.3 * 0.6 * 0.2) ** (-1 / 3)
    far = logits + np.array([[3e3], [-3e3], [1e4], [0.0]])
    # A logit of ten thousand carries a rounding error of its own, about 1e-12.
    expect_close(sol.perplexity(far, ids), want, tolerance=1e-10)


@pytest.mark.points(1)
def test_a_token_that_was_hardly_possible(sol):
    """A probability too small for a number still has a logarithm."""
    logits = np.array([[0.0, -800.0], [0.0, 0.0], [5.0, 5.0]])
    want = math.exp((800 + math.log(2)) / 2)
    # The exponential of 400 carries 400 rounding errors.
    expect_close(sol.perplexity(logits, np.array([0, 1, 0])), want, tolerance=1e-10)
