"""Tests of the exercise `nucleus`: eighths and sixteenths, which add up exactly."""

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_close

FIVE = np.array([1, 8, 2, 1, 4]) / 16


def check(got, want):
    """Compare with the probabilities expected."""
    expect_close(got, np.asarray(want, dtype=float), scale=1.0)


@pytest.mark.points(1)
def test_the_token_that_crosses_p_is_kept(sol):
    """Three of the chapter's five words are kept at 0.8, and share 4/7, 2/7, 1/7."""
    check(sol.top_p(FIVE, 0.8), np.array([0, 4, 1, 0, 2]) / 7)
    check(sol.top_p(FIVE, 0.7), np.array([0, 2, 0, 0, 1]) / 3)


@pytest.mark.points(1)
def test_p_that_is_reached_exactly(sol):
    """Where the first tokens reach p exactly, no other one is kept."""
    check(sol.top_p(FIVE, 0.5), [0, 1, 0, 0, 0])
    check(sol.top_p(FIVE, 0.75), np.array([0, 2, 0, 0, 1]) / 3)


@pytest.mark.points(1)
def test_the_likeliest_token_always_stays(sol, rng):
    """However small p is, and even at 0, the likeliest token is left."""
    place = int(rng.integers(6))
    probabilities = np.full(6, 0.1)
    probabilities[place] = 0.5
    for p in (0.0, 1e-9, 0.3):
        check(sol.top_p(probabilities, p), np.eye(6)[place])
        check(sol.top_p(np.eye(6)[place], p), np.eye(6)[place])
    check(sol.top_p(np.array([1.0]), 0.5), [1])


@pytest.mark.points(1)
def test_nothing_goes_at_one(sol):
    """At p = 1 all stay, although tenths add up to a little less than 1, or more."""
    for count in (10, 3, 49):
        probabilities = np.full(count, 1 / count)
        probabilities[-1] = 1e-17
        probabilities[0] = 2 / count
        expect(
            bool(np.all(np.asarray(sol.top_p(probabilities, 1.0)) > 0)),
            "At p = 1 a token was removed.",
        )
        for rounded in (probabilities, 0.999 * probabilities):
            check(sol.top_p(rounded, 1.0), probabilities / probabilities.sum())


@pytest.mark.points(1)
def test_of_equals_the_first_stay(sol):
    """Of equally likely tokens, the first of the vocabulary come first."""
    check(sol.top_p(np.full(8, 1 / 8), 0.4), [1 / 4] * 4 + [0] * 4)
    check(sol.top_p(np.array([1, 2, 2, 1, 2]) / 8, 0.5), [0, 1 / 2, 1 / 2, 0, 0])


@pytest.mark.points(1)
def test_of_many_equals_the_first_stay(sol, rng):
    """In a long vocabulary too, the first of equally likely tokens stay."""
    shares = rng.permutation(np.repeat([1.0, 2.0, 5.0], 128)) / 1024
    order = sorted(range(len(shares)), key=lambda i: -shares[i])
    want = np.zeros(len(shares))
    want[order[:160]] = shares[order[:160]] / 704  # 128 fives and 32 of the twos
    check(sol.top_p(shares, 704 / 1024), want * 1024)


@pytest.mark.points(1)
def test_places_and_sums(sol, rng):
    """Each token keeps its place, ratios stay, and the sum is 1."""
    for size in (2, 7, 40):
        shares = rng.permutation(2.0 ** -np.arange(1, size + 1))
        shares /= shares.sum()
        for p in (0.3, 0.8, 0.95):
            stay = np.array([shares[shares > own].sum() < p for own in shares])
            want = np.where(stay, shares, 0)
            check(sol.top_p(shares, p), want / want.sum())
