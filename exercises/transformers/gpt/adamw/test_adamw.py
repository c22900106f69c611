"""Tests of the exercise `adamw`: weighted sums of gradients, and a batch to learn."""

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_close, expect_parts


def expected(theta, gradients, rates, decay):
    """Return the parameters after each step, from the weights of all gradients."""
    found = []
    for k in range(1, len(gradients) + 1):
        ages = np.arange(k)[::-1].reshape(-1, *[1] * theta.ndim)
        past = np.array(gradients[:k])
        mean = np.sum(0.9**ages * past, axis=0) / np.sum(0.9**ages)
        square = np.sum(0.99**ages * past**2, axis=0) / np.sum(0.99**ages)
        move = mean / (np.sqrt(square) + 1e-8) + decay * theta
        theta = theta - rates[k - 1] * move
        found.append(theta)
    return found


def check(sol, theta, gradients, rates, decay=0.0):
    """Take several steps and compare the parameters after each."""
    __tracebackhide__ = True
    state = None
    wanted = expected(theta, gradients, rates, decay)
    for gradient, rate, want in zip(gradients, rates, wanted, strict=True):
        got = sol.adamw_step(theta, gradient, state, rate, *([decay] if decay else []))
        theta, state = expect_parts(got, "parameters", "state")
        scale = np.abs(want) + 1
        expect_close(theta, want, scale=scale, tolerance=1e-11, name="parameters")
        theta = want


@pytest.mark.points(1)
def test_the_first_step(sol, rng):
    """The first step goes down by the learning rate, however large the gradient."""
    gradient = rng.choice([-1, 1], size=5) * np.array([1e-3, 0.1, 1, 50, 1e3])
    check(sol, rng.normal(size=5), [gradient], [0.1])


@pytest.mark.points(1)
def test_several_steps(sol, rng):
    """Later steps remember earlier gradients and correct for the start at zero."""
    check(sol, rng.normal(size=4), list(rng.normal(size=(6, 4))), [0.1] * 6)


@pytest.mark.points(1)
def test_matrices_and_changing_rates(sol, rng):
    """Parameters may have any shape, and the rate may change from step to step."""
    gradients = list(
        rng.normal(size=(5, 2, 3)) * 10.0 ** rng.integers(-3, 4, size=(5, 1, 1))
    )
    check(sol, rng.normal(size=(2, 3)), gradients, [0.3, 0.1, 0.2, 0.0, 0.5])
    check(sol, rng.normal(size=1), list(rng.normal(size=(2, 1))), [0.1] * 2)


@pytest.mark.points(1)
def test_decay(sol, rng):
    """The decay pulls the old parameters toward zero, past the means."""
    check(
        sol, 5 * rng.normal(size=4), list(rng.normal(size=(4, 4))), [0.1] * 4, decay=0.3
    )


@pytest.mark.points(1)
def test_a_gradient_of_zero(sol, rng):
    """Where there is no gradient nothing moves, and nothing is divided by zero."""
    check(sol, rng.normal(size=3), [np.zeros(3)] * 2, [0.1] * 2)


@pytest.mark.points(1)
def test_a_batch_is_learned_by_heart(sol, rng):
    """Sixty steps bring the loss of eight random examples near zero."""
    x, y = rng.normal(size=(8, 12)), rng.integers(3, size=8)
    theta, state = np.zeros((12, 3)), None
    for _ in range(60):
        powers = np.exp(x @ theta - np.max(x @ theta, axis=1, keepdims=True))
        p = powers / np.sum(powers, axis=1, keepdims=True)
        gradient = x.T @ (p - np.eye(3)[y]) / 8
        got = sol.adamw_step(theta, gradient, state, 0.2)
        theta, state = expect_parts(got, "parameters", "state")
        theta = np.asarray(theta, dtype=float)
    loss = -np.mean(np.log(p[np.arange(8), y]))
    expect(
        loss < 0.05, f"The loss is {loss:.3g} after 60 steps, expected less than 0.05."
    )
