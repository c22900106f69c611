"""Tests of the exercise `swiglu`: token by token, in plain Python."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def silu(z):
    """Return z·σ(z) of one number, without an exponential that overflows."""
    return z / (1 + math.exp(-z)) if z > 0 else z * math.exp(z) / (1 + math.exp(z))


def times(vector, matrix):
    """Return the product of a list with the matrix, one dot product at a time."""
    return [
        math.fsum(v * w for v, w in zip(vector, column, strict=True))
        for column in matrix.T.tolist()
    ]


def one(vector, gate, up, down):
    """Return what the layer makes of one vector."""
    gates, values = map(silu, times(vector, gate)), times(vector, up)
    return times([a * b for a, b in zip(gates, values, strict=True)], down)


def every(x, gate, up, down):
    """Return what the layer makes of all vectors along the last axis."""
    rows = [one(row, gate, up, down) for row in x.reshape(-1, x.shape[-1]).tolist()]
    return np.array(rows).reshape(x.shape)


def layer(rng, d, h):
    """Return the three matrices of a layer."""
    return [rng.normal(size=shape) for shape in ((d, h), (d, h), (h, d))]


@pytest.mark.points(1)
def test_the_example_of_the_task(sol):
    """The gate gets 2 and −2, and silu(2) is 1.7616, silu(−2) is −0.2384."""
    gate, up = np.array([[1.0, 0], [1, -2]]), np.array([[3.0, 0], [0, 1]])
    down = np.array([[1.0, 0], [1, -1]])
    first, second = 3 * 2 / (1 + math.exp(-2)), -2 / (1 + math.exp(2))
    expect_close(
        sol.swiglu(np.ones(2), gate, up, down), [first + second, -second], scale=5.0
    )


@pytest.mark.points(1)
def test_each_token_by_itself(sol, rng):
    """Each row is a token, and the layer may be wider or narrower than it."""
    for tokens, d, h in [(4, 3, 5), (3, 3, 3), (1, 4, 2), (2, 1, 6)]:
        x, matrices = rng.normal(size=(tokens, d)), layer(rng, d, h)
        expect_close(sol.swiglu(x, *matrices), every(x, *matrices))


@pytest.mark.points(1)
def test_any_number_of_axes(sol, rng):
    """A single vector, or a batch of texts: the vector lies along the last axis."""
    matrices = layer(rng, 4, 6)
    for shape in [(4,), (2, 3, 4), (2, 1, 3, 4)]:
        x = rng.normal(size=shape)
        expect_close(sol.swiglu(x, *matrices), every(x, *matrices))


@pytest.mark.points(1)
def test_quiet_tokens_and_small_weights(sol, rng):
    """With tokens or weights a thousand times smaller, every digit still counts."""
    x, matrices = rng.normal(size=(3, 4)) / 1e3, layer(rng, 4, 5)
    expect_close(sol.swiglu(x, *matrices), every(x, *matrices))
    small = [matrix / 1e3 for matrix in matrices]
    expect_close(sol.swiglu(x * 1e3, *small), every(x * 1e3, *small))


@pytest.mark.points(1)
def test_loud_tokens(sol, rng):
    """Tokens a thousand times as loud drive their gates far to either side."""
    x, matrices = 1e3 * rng.normal(size=(3, 4)), layer(rng, 4, 5)
    expect_close(sol.swiglu(x, *matrices), every(x, *matrices))


@pytest.mark.points(1)
def test_a_thousand_to_either_side(sol):
    """silu(1000) is 1000 and silu(−1000) is 0: nothing becomes nan."""
    x, gate = np.array([[1000.0], [-1000.0]]), np.array([[1.0, -1.0]])
    up, down = np.array([[0.001, 0.002]]), np.ones((2, 1))
    expect_close(sol.swiglu(x, gate, up, down), [[1000.0], [-2000.0]])
