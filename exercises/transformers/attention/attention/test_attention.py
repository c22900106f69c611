"""Tests of the exercise `attention`: expected values are summed up pair by pair."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def mixed(q, k, v):
    """Return the output of one table of queries, (T, d), by loops."""
    out = []
    for query in q.tolist():
        pairs = [math.fsum(np.multiply(query, key).tolist()) for key in k.tolist()]
        scores = [score / math.sqrt(len(query)) for score in pairs]
        powers = [math.exp(score - max(scores)) for score in scores]
        columns = v.T.tolist()
        out.append(
            [
                math.fsum(np.multiply(powers, column).tolist()) / math.fsum(powers)
                for column in columns
            ]
        )
    return np.array(out)


@pytest.mark.points(1)
def test_three_words_by_hand(sol):
    """The scores 0, ln 2 and ln 5 mix (8, 0), (0, 8) and (8, 8) to (6, 7)."""
    q = np.array([[2.0, 0.0, 0.0, 0.0]])
    k = np.zeros((3, 4))
    k[:, 0] = np.log([1, 2, 5])
    v = np.array([[8.0, 0.0], [0.0, 8.0], [8.0, 8.0]])
    expect_close(sol.attention(q, k, v), [[6, 7]])


@pytest.mark.points(1)
def test_as_many_of_each(sol, rng):
    """Three words with three features each: every axis has the same length."""
    q, k, v = (rng.normal(size=(3, 3)) for _ in range(3))
    expect_close(sol.attention(q, k, v), mixed(q, k, v))


@pytest.mark.points(1)
def test_more_keys_than_queries(sol, rng):
    """Queries, keys, features and values may all be different in number."""
    for n, m, d, c in [(2, 5, 3, 4), (4, 1, 6, 2), (1, 7, 1, 1)]:
        q, k = rng.normal(size=(n, d)), rng.normal(size=(m, d))
        v = rng.normal(size=(m, c))
        expect_close(sol.attention(q, k, v), mixed(q, k, v))


@pytest.mark.points(2)
def test_batches_and_heads(sol, rng):
    """Leading axes are batches and heads: each table is on its own."""
    for leading in [(2,), (2, 3), (3, 3)]:
        q = rng.normal(size=(*leading, 4, 3))
        k, v = rng.normal(size=(*leading, 5, 3)), rng.normal(size=(*leading, 5, 2))
        want = [mixed(q[at], k[at], v[at]) for at in np.ndindex(*leading)]
        expect_close(sol.attention(q, k, v), np.reshape(want, (*leading, 4, 2)))


@pytest.mark.points(1)
def test_large_scores(sol, rng):
    """Scores of some thousands pick the best key of each query, without overflow."""
    q, v = 100 * np.eye(3, 4), rng.normal(size=(3, 2))
    k = 100 * np.eye(3, 4)
    expect_close(sol.attention(q, k, v), v)
    expect_close(sol.attention(q, -k, v), mixed(q, -k, v))
    q[1:] /= 1e6  # one query far above the others
    expect_close(sol.attention(q, k, v), mixed(q, k, v))
