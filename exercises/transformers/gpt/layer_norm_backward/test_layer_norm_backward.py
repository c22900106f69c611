"""Tests of the exercise `layer_norm_backward`: a loss while inputs move a little.

The loss is computed with complex numbers: moved by an imaginary step, its imaginary
part is the derivative, without the rounding of a difference.
"""

import numpy as np
import pytest
from groundup.grader.expect import expect_close, expect_parts

STEP = 1e-30
NAMES = ("d_x", "d_weight", "d_bias")
# The gradient by the output, the input and the weight, all of whole numbers.
WHOLE = (
    np.array([[1.0, -2.0, 3.0], [0.0, 1.0, 0.0]]),
    np.array([[1.0, 2.0, 4.0], [3.0, 0.0, 1.0]]),
    np.array([1.0, 2.0, 3.0]),
)


def loss(d_y, x, weight, bias, eps):
    """Return a loss whose gradient by the output is d_y."""
    centered = x - np.mean(x, axis=1, keepdims=True)
    std = np.sqrt(np.mean(centered**2, axis=1, keepdims=True) + eps)
    return np.sum(d_y * (centered / std * weight + bias))


def derivatives(d_y, inputs, which, eps):
    """Return the derivatives by all entries of one input."""
    found = np.zeros(inputs[which].shape)
    for place in np.ndindex(*found.shape):
        moved = [array.astype(complex) for array in inputs]
        moved[which][place] += 1j * STEP
        found[place] = loss(d_y, *moved, eps).imag / STEP
    return found


def check(sol, d_y, x, weight, which, eps=None, tolerance=1e-11):
    """Compare one of the three gradients; without eps, 1e-5 is used."""
    __tracebackhide__ = True
    got = sol.layer_norm_backward(d_y, x, weight, *([] if eps is None else [eps]))
    eps = 1e-5 if eps is None else eps
    got = expect_parts(got, *NAMES)[which]
    want = derivatives(d_y, [x, weight, np.zeros(len(weight))], which, eps)
    std = np.sqrt(np.var(x, axis=1, keepdims=True) + eps)
    scale = (
        np.max(np.abs(d_y * weight / std))
        if which == 0
        else np.max(np.abs(d_y)) * len(x)
    )
    expect_close(got, want, scale=scale, tolerance=tolerance, name=NAMES[which])


def case(rng, n, d):
    """Return a gradient by the output, an input and weights."""
    return rng.normal(size=(n, d)), rng.normal(size=(n, d)), rng.normal(size=d)


@pytest.mark.points(1)
def test_gradient_by_the_bias(sol, rng):
    """The bias collects the gradients of all rows."""
    for n, d in [(4, 3), (3, 3), (1, 5)]:
        check(sol, *case(rng, n, d), 2)
    check(sol, *WHOLE, 2)


@pytest.mark.points(1)
def test_gradient_by_the_weight(sol, rng):
    """The weight collects gradients times normed inputs."""
    for n, d in [(4, 3), (3, 3), (1, 5)]:
        check(sol, *case(rng, n, d), 1)
    check(sol, *WHOLE, 1)


@pytest.mark.points(1)
def test_gradient_by_the_input(sol, rng):
    """The input loses what the mean and the length would undo."""
    for n, d in [(4, 3), (3, 3), (1, 5)]:
        check(sol, *case(rng, n, d), 0)
    check(sol, *WHOLE, 0)


@pytest.mark.points(1)
def test_rows_of_any_size(sol, rng):
    """Rows of very different size, shifted far from zero, and another eps."""
    d_y, x, weight = case(rng, 3, 4)
    x = x * np.array([[1e-3], [1.0], [1e3]]) + np.array([[0.0], [50.0], [-2e3]])
    for which in range(3):
        check(sol, d_y, x, weight, which, eps=0.1, tolerance=1e-10)


@pytest.mark.points(1)
def test_rows_of_equal_numbers(sol, rng):
    """A row of equal numbers is divided by the root of eps alone."""
    d_y, weight = rng.normal(size=(2, 3)), rng.normal(size=3)
    check(sol, d_y, np.full((2, 3), 0.5), weight, 0)
    check(sol, d_y, np.full((2, 3), 0.5), weight, 0, eps=1e-4)
