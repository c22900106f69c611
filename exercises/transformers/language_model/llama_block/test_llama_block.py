"""Tests of the exercise `llama_block`: token by token, in plain Python."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def times(vector, matrix):
    """Return the product of a list with the matrix, one dot product at a time."""
    return [
        math.fsum(v * w for v, w in zip(vector, column, strict=True))
        for column in matrix.T.tolist()
    ]


def silu(z):
    """Return z·σ(z) of one number, without an exponential that overflows."""
    return z / (1 + math.exp(-z)) if z > 0 else z * math.exp(z) / (1 + math.exp(z))


def one(x, read, output, gain, gate, up, down, eps):
    """Return what one token is after the block."""
    h = [a + b for a, b in zip(x, times(read, output), strict=True)]
    size = math.sqrt(math.fsum(v * v for v in h) / len(h) + eps)
    normed = [g * v / size for g, v in zip(gain.tolist(), h, strict=True)]
    gates, values = map(silu, times(normed, gate)), times(normed, up)
    passed = [a * b for a, b in zip(gates, values, strict=True)]
    return [a + b for a, b in zip(h, times(passed, down), strict=True)]


def weights(rng, d, h):
    """Return output, gain, gate, up and down of a block."""
    shapes = ((d, d), (d,), (d, h), (d, h), (h, d))
    return [rng.normal(size=shape) for shape in shapes]


def check(sol, x, read, matrices, eps):
    """Compare the stream after the block with the one computed token by token."""
    __tracebackhide__ = True
    rows = zip(x.tolist(), read.tolist(), strict=True)
    want = [one(*row, *matrices, eps) for row in rows]
    expect_close(sol.llama_block(x, read, *matrices, eps), want)


@pytest.mark.points(1)
def test_the_example_of_the_task(sol):
    """The sum is (1, 7), its norm (2, 1.4); the layer adds 5.2848 and −5.2848."""
    x, read = np.array([[1.0, 2]]), np.array([[5.0, 0]])
    output, gain = np.array([[0.0, 1], [1, 0]]), np.array([10.0, 1])
    gate, up = np.array([[1.0], [0]]), np.array([[-2.0], [5]])
    down, added = np.array([[1.0, -1]]), 3 * 2 / (1 + math.exp(-2))
    after = sol.llama_block(x, read, output, gain, gate, up, down, 0.0)
    expect_close(after, [[1 + added, 7 - added]])


@pytest.mark.points(1)
def test_a_silent_layer_adds_nothing(sol, rng):
    """With zeros for down, the stream is the old one plus what was read."""
    x, read = rng.normal(size=(2, 3, 4))
    output, gain, gate, up, down = weights(rng, 4, 5)
    after = sol.llama_block(x, read, output, gain, gate, up, 0 * down, 1e-5)
    expect_close(after, x + read @ output)


@pytest.mark.points(2)
def test_each_token_by_itself(sol, rng):
    """Each token has a norm of its own, one token alone as well as several."""
    for tokens, d, h in [(4, 3, 5), (3, 3, 3), (1, 4, 2)]:
        x, read = rng.normal(size=(2, tokens, d)) * rng.uniform(0.1, 10, (tokens, 1))
        check(sol, x, read, weights(rng, d, h), 0.0)


@pytest.mark.points(1)
def test_gates_far_to_either_side(sol, rng):
    """Gates that get thousands, of either sign, leave every number finite."""
    x, read = rng.normal(size=(2, 3, 4))
    output, gain, gate, up, down = weights(rng, 4, 5)
    check(sol, x, read, [output, gain, 2e3 * gate, up, down], 0.0)


@pytest.mark.points(1)
def test_quiet_and_loud_streams(sol, rng):
    """In a quiet stream eps counts; a loud one stays as loud as it was."""
    for size in (1e-3, 1e3):
        x, read = size * rng.normal(size=(2, 3, 4))
        check(sol, x, read, weights(rng, 4, 5), 1e-5)


@pytest.mark.points(1)
def test_a_stream_that_becomes_zero(sol, rng):
    """Where what was read cancels the stream, nothing is divided by zero."""
    x = rng.normal(size=(2, 3))
    _, *others = weights(rng, 3, 4)
    expect_close(sol.llama_block(x, -x, np.eye(3), *others, 1e-5), 0 * x, scale=1.0)
