"""Tests of the exercise `mask_leak`: hidden keys are left out by hand."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_close


def left_out(scores, mask):
    """Return weights computed from the visible scores alone, row by row."""
    out = np.zeros(scores.shape)
    for t in range(len(scores)):
        seen = scores[t][mask[t]].tolist()
        if seen:
            powers = [math.exp(score - max(seen)) for score in seen]
            out[t][mask[t]] = [power / math.fsum(powers) for power in powers]
    return out


def partly(rng, shape):
    """Return a random mask under which each query may see one key at least."""
    mask = rng.random(shape) < 0.6
    mask[np.arange(shape[0]), rng.integers(shape[1], size=shape[0])] = True
    return mask


@pytest.mark.points(1)
def test_visible_weights_add_up_to_one(sol, rng):
    """Hidden keys get 0, and the visible ones share all of the weight."""
    for shape in [(4, 4), (3, 6), (5, 1)]:
        scores, mask = rng.normal(size=shape), partly(rng, shape)
        expect_close(sol.masked_weights(scores, mask), left_out(scores, mask))
    heads, masks = rng.normal(size=(2, 3, 4)), np.stack([partly(rng, (3, 4))] * 2)
    want = [left_out(*pair) for pair in zip(heads, masks, strict=True)]
    expect_close(sol.masked_weights(heads, masks), want)
    scores, mask = np.array([[2.0, 0.0, 1.0]]), np.array([[True, True, False]])
    expect_close(sol.masked_weights(scores, mask), left_out(scores, mask))


@pytest.mark.points(1)
def test_hidden_scores_leave_no_trace(sol, rng):
    """Whatever a hidden score is, the weights are the same to the last digit."""
    scores, mask = rng.normal(size=(4, 5)), partly(rng, (4, 5))
    want = left_out(scores, mask)
    for strange in (1e4, -1e4, 1e300, np.inf, np.nan):
        got = sol.masked_weights(np.where(mask, scores, strange), mask)
        expect_close(got, want)


@pytest.mark.points(1)
def test_large_and_very_negative_scores(sol, rng):
    """Visible scores may be large, or far below every number used to hide."""
    mask = partly(rng, (4, 6))
    rows = np.array([[2000.0], [0.0], [-2000.0], [5.0]])
    for shift in (2000.0, -1e12, rows):
        scores = rng.integers(-3, 4, size=(4, 6)) + shift
        got = sol.masked_weights(scores, mask)
        expect_close(got, left_out(scores, mask))


@pytest.mark.points(1)
def test_nothing_may_be_seen(sol, rng):
    """A row in which nothing may be seen is all zeros, and spoils no other row."""
    scores, mask = rng.normal(size=(3, 4)), partly(rng, (3, 4))
    mask[1] = False
    expect_close(sol.masked_weights(scores, mask), left_out(scores, mask))


@pytest.mark.points(1)
def test_causal_mask_of_a_text(sol):
    """Each word of a text sees itself and all before it."""
    for n in (1, 4):
        got = sol.causal_mask(n, n)
        want = [[s <= t for s in range(n)] for t in range(n)]
        expect(np.asarray(got).dtype == bool, "The mask has to hold booleans.")
        expect_close(got, want)


@pytest.mark.points(1)
def test_causal_mask_with_a_cache(sol):
    """With earlier keys in a cache, the last query still sees every key."""
    for n, m in [(1, 5), (2, 5), (3, 4)]:
        want = [[s <= t + m - n for s in range(m)] for t in range(n)]
        expect_close(sol.causal_mask(n, m), want)
