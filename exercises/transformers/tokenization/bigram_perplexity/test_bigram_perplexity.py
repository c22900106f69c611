"""Tests of the exercise `bigram_perplexity`.

The expected numbers come from fractions and from the exact sums of `math.fsum`.
"""

import math
from fractions import Fraction

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def expected(training, text, n_tokens):
    """Return the perplexity, pair by pair with exact probabilities."""
    after = list(zip(training, training[1:], strict=False))
    logarithms = []
    for a, b in zip(text, text[1:], strict=False):
        row = sum(one == a for one, _ in after) + n_tokens
        chance = Fraction(after.count((a, b)) + 1, row)
        logarithms.append(math.log(chance))
    return math.exp(-math.fsum(logarithms) / len(logarithms))


@pytest.mark.points(1)
def test_a_text_by_hand(sol):
    """After 0 1 0 1 0, p(1|0) = p(0|1) = 3/4, so 0 1 0 has perplexity 4/3."""
    training, text = np.array([0, 1, 0, 1, 0]), np.array([0, 1, 0])
    expect_close(sol.perplexity(training, text, 2), 4 / 3)
    # p(1|0) = 3/4 and p(1|1) = 1/4: the root of 16/3
    expect_close(sol.perplexity(training, np.array([0, 1, 1]), 2), math.sqrt(16 / 3))


@pytest.mark.points(1)
def test_an_untaught_model_hesitates_between_all_tokens(sol, rng):
    """Where nothing was counted, the perplexity is the number of tokens."""
    for n_tokens in (2, 5, 50):
        text = rng.integers(0, n_tokens, size=9)
        for training in (np.array([0]), np.array([], dtype=int)):
            expect_close(sol.perplexity(training, text, n_tokens), n_tokens)


@pytest.mark.points(1)
def test_before_and_after_are_told_apart(sol):
    """That 1 follows 0 does not mean that 0 follows 1."""
    training = np.array([0, 1, 2, 0, 1, 2, 2])
    for text in ([0, 1, 2], [2, 1, 0], [2, 2], [1, 0]):
        want = expected(training.tolist(), text, 3)
        expect_close(sol.perplexity(training, np.array(text), 3), want)


@pytest.mark.points(1)
def test_texts_drawn_at_random(sol, rng):
    """Frequent tokens, rare ones, and pairs that never occurred."""
    for n_tokens in (3, 7, 12):
        chances = rng.dirichlet(np.ones(n_tokens))
        training = rng.choice(n_tokens, size=120, p=chances)
        text = rng.integers(0, n_tokens, size=31)
        want = expected(training.tolist(), text.tolist(), n_tokens)
        expect_close(sol.perplexity(training, text, n_tokens), want)


@pytest.mark.points(1)
def test_two_tokens_make_one_prediction(sol, rng):
    """The mean is over predictions, and the first token is not predicted."""
    training = rng.integers(0, 4, size=40)
    for pair in rng.integers(0, 4, size=(5, 2)):
        want = expected(training.tolist(), pair.tolist(), 4)
        expect_close(sol.perplexity(training, pair, 4), want)


@pytest.mark.points(1)
def test_a_long_text(sol, rng):
    """Ten thousand tokens: the product of their probabilities would be 0."""
    training = rng.integers(0, 6, size=50)
    piece = rng.integers(0, 6, size=10)
    text = np.append(np.tile(piece, 1000), piece[0])  # every pair a thousand times
    want = expected(training.tolist(), [*piece.tolist(), int(piece[0])], 6)
    # A mean of ten thousand logarithms; other orders of summing differ by rounding.
    expect_close(sol.perplexity(training, text, 6), want, tolerance=1e-11)
