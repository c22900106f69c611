"""Tests of the exercise `best_step`.

Where the step is large, the error is known: sin(x + h) - sin(x - h) = 2 cos x sin h, so
it is cos x times 1 - (8 sin h - sin 2h)/6h, and the series of that begins with h⁴/30.
"""

from math import factorial

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_close


def bend(x, h):
    """Return the largest error from the bend alone for each step."""
    h = np.asarray(h, dtype=float)
    terms = [
        (-1) ** k * (2 ** (2 * k + 1) - 8) / (6 * factorial(2 * k + 1)) * h ** (2 * k)
        for k in range(2, 14)
    ]
    return np.abs(np.cos(x)).max() * np.sum(terms, axis=0)


@pytest.mark.points(2)
def test_the_sine(sol):
    """The best step for two hundred points between 0 and 3."""
    x = np.linspace(0.0, 3.0, 200)
    expect_close(sol.best_power(x, np.arange(17)), 3)  # first: it is what was predicted
    expect_close(sol.best_power(x, np.array([1, 3, 5])), 3)
    expect_close(sol.best_power(x, np.array([8, 0, 11])), 8)


@pytest.mark.points(2)
def test_errors_of_the_bend(sol, rng):
    """With large steps, the error is that of the bend, at the worst of the points."""
    for n in (1, 2, 30):
        x, h = rng.uniform(-3, 3, size=n), np.array([0.5, 0.2, 0.1, 0.05])
        # Rounding adds 1e-14 at most to the errors, the largest of which is above 1e-6.
        scale = np.abs(np.cos(x)).max()
        expect_close(sol.worst_errors(x, h), bend(x, h), scale=scale)
    # At one point the cosine is 0.7, at the other -1: there the error is larger.
    x, h = np.array([np.pi / 4, np.pi, np.pi]), np.array([0.2, 0.2])
    expect_close(sol.worst_errors(x, h), bend(x, h), scale=1.0)
    x, h = np.array([0, 1, 2]), np.array([1])
    expect_close(sol.worst_errors(x, h), bend(x, h), scale=1.0)


@pytest.mark.points(1)
def test_errors_of_rounding(sol, rng):
    """With tiny steps, the error is that of rounding, up to the whole derivative."""
    x = rng.uniform(1, 1.4, size=50)
    got = sol.worst_errors(x, np.array([1e-3, 1e-10]))
    shape = f"An error for each of two steps has shape (2,), yours {np.shape(got)}."
    expect(np.shape(got) == (2,), shape)
    at_best, rounded = got
    expect(at_best < 1e-11, f"At h = 1e-3 your worst error is {at_best:.2g}.")
    expect(
        1e-9 < rounded < 1e-4,
        f"At h = 1e-10 your worst error is {rounded:.2g}; it should be near 1e-6.",
    )
    # Where x + h is rounded to x, the quotient is 0 and the error the derivative.
    got = sol.worst_errors(x, np.array([1e-17]))
    expect_close(got, [np.cos(x).max()])


@pytest.mark.points(1)
def test_points_far_away(sol):
    """Far from 0, where rounding is coarser, the best step is larger."""
    far = np.linspace(3e6, 3e6 + 3, 200)
    expect_close(sol.best_power(far, np.arange(17)), 2)
    expect_close(sol.best_power(far, np.array([6, 0, 4])), 4)
    # Steps of 10 and of 100 are a little worse than one that is lost by rounding.
    for power in (-1, -2):
        got = sol.best_power(np.array([np.pi]), np.array([power, 17]))
        expect_close(got, 17)
