"""Tests of the exercise `backward`: a loss is watched while inputs move a little.

The loss is computed with complex numbers: moved by an imaginary step, its imaginary
part is the derivative, without the rounding of a difference.
"""

import numpy as np
import pytest
from groundup.grader.expect import expect_close

STEP = 1e-30


def weights_of(x):
    """Return softmax along the last axis, of complex scores too."""
    powers = np.exp(x - np.max(x.real, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def out_of(q, k, v):
    """Return the output of attention."""
    return weights_of(q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])) @ v


def derivatives(loss, inputs, which):
    """Return the derivatives of a loss by all entries of one of its inputs."""
    found = np.zeros(inputs[which].shape)
    for place in np.ndindex(*found.shape):
        moved = [array.astype(complex) for array in inputs]
        moved[which][place] += 1j * STEP
        found[place] = loss(*moved).imag / STEP
    return found


def case(rng, q_shape, n_keys, c):
    """Return a gradient by the output, and inputs."""
    *leading, n, d = q_shape
    k, v = (
        rng.normal(size=(*leading, n_keys, d)),
        rng.normal(size=(*leading, n_keys, c)),
    )
    return rng.normal(size=(*leading, n, c)), [rng.normal(size=q_shape), k, v]


def check(sol, rng, q_shape, n_keys, c, which):
    """Compare one of the three gradients."""
    d_out, inputs = case(rng, q_shape, n_keys, c)
    got = sol.attention_backward(d_out, *inputs)[which]
    want = derivatives(lambda *i: np.sum(d_out * out_of(*i)), inputs, which)
    # Gradients cancel: what is added up is of the size of the inputs.
    scale = np.max(np.abs(d_out)) * max(np.max(np.abs(i)) for i in inputs) ** 2
    expect_close(got, want, scale=scale, name=("d_q", "d_k", "d_v")[which])


@pytest.mark.points(1)
def test_jacobian_of_three_weights(sol):
    """The weights 1/8, 2/8 and 5/8 send (64, 0, 0) back as (7, -2, -5)."""
    got = sol.softmax_backward(np.array([64.0, 0, 0]), np.array([1, 2, 5]) / 8)
    expect_close(got, [7, -2, -5])


@pytest.mark.points(1)
def test_each_row_by_itself(sol, rng):
    """Each row goes back through a Jacobian of its own."""
    for shape in [(4, 3), (3, 3), (2, 3, 4)]:
        x, g = rng.normal(size=shape), rng.normal(size=shape)
        want = derivatives(lambda x, g=g: np.sum(g * weights_of(x)), [x], 0)
        expect_close(sol.softmax_backward(g, weights_of(x)), want, scale=np.max(abs(g)))


@pytest.mark.points(1)
def test_many_long_rows(sol):
    """200 rows of 4,000 weights go back without a Jacobian being formed."""
    g = np.zeros((200, 4000))
    g[:, 0] = 4000.0
    want = np.full((200, 4000), -1 / 4000)
    want[:, 0] += 1
    expect_close(sol.softmax_backward(g, np.full((200, 4000), 1 / 4000)), want)


@pytest.mark.points(1)
def test_gradient_by_the_values(sol, rng):
    """Values collect the gradients of all who took from them."""
    for q_shape, n_keys, c in [((3, 3), 3, 3), ((2, 5), 4, 1), ((1, 2), 3, 2)]:
        check(sol, rng, q_shape, n_keys, c, 2)


@pytest.mark.points(1)
def test_gradient_by_the_queries(sol, rng):
    """Queries get back keys, through softmax and scale."""
    for q_shape, n_keys, c in [((3, 3), 3, 3), ((2, 5), 4, 1), ((1, 2), 3, 2)]:
        check(sol, rng, q_shape, n_keys, c, 0)


@pytest.mark.points(1)
def test_gradient_by_the_keys(sol, rng):
    """Keys get back queries, through softmax and scale."""
    for q_shape, n_keys, c in [((3, 3), 3, 3), ((2, 5), 4, 1), ((1, 2), 3, 2)]:
        check(sol, rng, q_shape, n_keys, c, 1)


@pytest.mark.points(1)
def test_batches_and_heads(sol, rng):
    """Leading axes are batches and heads, and scores may be large."""
    for which in range(3):
        check(sol, rng, (2, 3, 4, 2), 5, 3, which)
    q = np.zeros((2, 3, 3))
    q[0], q[1] = 100 * np.eye(3), np.eye(3) / 100
    k, v = 100 * np.stack([np.eye(3)] * 2), rng.normal(size=(2, 3, 2))
    got = sol.attention_backward(np.ones((2, 3, 2)), q, k, v)[2]
    want = derivatives(lambda *i: np.sum(out_of(*i)), [q, k, v], 2)
    expect_close(got, want)
