"""Tests of the exercise `cache_step`: attention over a whole text, in plain Python."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close, expect_parts


def dot(a, b):
    """Return the dot product of two lists."""
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


def causal(q, k, v):
    """Return what each token reads from itself and those before it."""
    read = []
    for t in range(len(q)):
        scores = [dot(q[t], row) / math.sqrt(len(row)) for row in k[: t + 1]]
        weights = [math.exp(score - max(scores)) for score in scores]
        total = math.fsum(weights)
        columns = v[: t + 1].T.tolist()
        read.append([dot(weights, column) / total for column in columns])
    return np.array(read)


def parts(answer):
    """Return the three things that a step returns."""
    return expect_parts(answer, "read", "keys", "values")


def run(sol, q, k, v):
    """Return what all tokens read, one step after the other, and the last cache."""
    keys = values = np.zeros((0, q.shape[1]))
    read = []
    for t in range(len(q)):
        one, keys, values = parts(sol.step(q[t], k[t], v[t], keys, values))
        read.append(one)
    return read, keys, values


@pytest.mark.points(1)
def test_the_first_token_reads_itself(sol, rng):
    """With an empty cache, the new token has only itself to read."""
    q, k, v = rng.normal(size=(3, 4))
    empty = np.zeros((0, 4))
    read, keys, values = parts(sol.step(q, k, v, empty, empty))
    expect_close(read, v, name="read")
    expect_close(keys, k[None], name="keys")
    expect_close(values, v[None], name="values")


@pytest.mark.points(1)
def test_two_tokens_by_hand(sol):
    """Scores 0 and ln 3 after scaling: a quarter of the old value, three of the new."""
    q = np.array([2.0, 0, 0, 0])
    keys, values = np.zeros((1, 4)), np.array([[4.0, 0, 0, 8]])
    k, v = np.array([math.log(3), 5, 5, 5]), np.array([0.0, 4, 0, 8])
    read, _, _ = parts(sol.step(q, k, v, keys, values))
    expect_close(read, [1.0, 3.0, 0.0, 8.0], name="read")


@pytest.mark.points(1)
def test_the_cache_grows_at_its_end(sol, rng):
    """Keys and values come back with the new row last and the old rows as they were."""
    q, k, v = rng.normal(size=(3, 3))
    old_keys, old_values = rng.normal(size=(2, 5, 3))
    _, keys, values = parts(sol.step(q, k, v, old_keys, old_values))
    expect_close(keys, np.concatenate([old_keys, k[None]]), name="keys")
    expect_close(values, np.concatenate([old_values, v[None]]), name="values")


@pytest.mark.points(2)
def test_step_by_step_equals_all_at_once(sol, rng):
    """Token by token with a cache, it is causal attention over the whole text."""
    for length, e in [(6, 4), (3, 9)]:
        q, k, v = rng.normal(size=(3, length, e))
        read, _, _ = run(sol, q, k, v)
        for t, want in enumerate(causal(q, k, v)):
            expect_close(read[t], want, name="read")


@pytest.mark.points(1)
def test_scores_of_thousands(sol, rng):
    """Scores of thousands, of either sign, still have weights."""
    k, v = rng.normal(size=(2, 4, 5))
    for far in (3e3, -3e3):
        q = np.full(5, far)
        read, _, _ = parts(sol.step(q, k[3] + 1, v[3], k[:3] + 1, v[:3]))
        all_keys = np.vstack([k[:3], k[3:]]) + 1
        scores = all_keys @ q / math.sqrt(5)
        weights = np.exp(scores - scores.max())
        # A score of thousands carries a rounding error of its own.
        want = weights @ v / weights.sum()
        expect_close(read, want, tolerance=1e-10, name="read")
