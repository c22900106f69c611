"""Tests of the exercise `r_squared`: predictions whose score is planted."""

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def residuals_and_spread(rng, n):
    """Return two orthogonal directions of length one whose entries add up to zero."""
    basis = np.column_stack([np.ones(n), rng.normal(size=(n, 2))])
    return np.linalg.qr(basis)[0][:, 1:].T


@pytest.mark.points(1)
def test_the_four_points_of_the_chapter(sol):
    """The line 0.5 + 1.4 x explains 98 % of the chapter's four points."""
    y, y_pred = np.array([2.0, 3, 5, 6]), np.array([1.9, 3.3, 4.7, 6.1])
    expect_close(sol.r_squared(y, y_pred), 0.98)


@pytest.mark.points(1)
def test_perfect_and_clueless(sol, rng):
    """Perfect predictions score 1, and predicting the mean scores 0."""
    y = rng.normal(size=9)
    expect_close(sol.r_squared(y, y), 1.0)
    expect_close(sol.r_squared(y, np.full(9, y.mean())), 0.0, scale=1.0)


@pytest.mark.points(1)
def test_worse_than_the_mean(sol, rng):
    """Predictions that are worse than the mean score below zero."""
    spread, residual = residuals_and_spread(rng, 8)
    expect_close(sol.r_squared(spread, 1.5 * spread + 2 * residual), -3.25)
    expect_close(sol.r_squared(spread, -spread), -3.0)


@pytest.mark.points(1)
def test_predictions_that_are_off_on_new_data(sol, rng):
    """On new data, predictions that are all too high by the same amount lose points."""
    spread, residual = residuals_and_spread(rng, 10)
    off = 0.6 / np.sqrt(10)  # ten times its square is 0.36
    y_pred = spread + 0.8 * residual + off  # 0.64 + 0.36 = 1
    expect_close(sol.r_squared(spread, y_pred), 0.0, scale=1.0)
    expect_close(sol.r_squared(spread, 0.5 * spread + off), 1 - 0.25 - 0.36)


@pytest.mark.points(1)
def test_no_matter_which_unit_and_origin(sol, rng):
    """In grams, in tons, or counted from another zero, the score stays what it was."""
    spread, residual = residuals_and_spread(rng, 12)
    for unit in (1.0, 1e3, 1e-3):
        y, y_pred = unit * spread, unit * (spread + 0.5 * residual)
        expect_close(sol.r_squared(y, y_pred), 0.75)
    # Written to 16 digits, targets near 1e6 keep ten of their differences. (0.7: the
    # total is then 0.49, which a sum of squares near 1e13 cannot hit by luck.)
    y, y_pred = 1e6 + 0.7 * spread, 1e6 + 0.7 * (spread + 0.5 * residual)
    expect_close(sol.r_squared(y, y_pred), 0.75, tolerance=1e-8)


@pytest.mark.points(1)
def test_targets_that_are_all_the_same(sol):
    """For constant targets, or one, it is 1 if all predictions are right, else 0."""
    # The mean of ten times 0.1 is 0.1, that of three times or seven times is not.
    constant = [np.full(n, 0.1) for n in (10, 3, 7)]
    for y in (*constant, np.array([7.0])):
        expect_close(sol.r_squared(y, y), 1.0)
        expect_close(sol.r_squared(y, y + 1.0), 0.0, scale=1.0)
        expect_close(sol.r_squared(y, y * (1 + 1e-9)), 0.0, scale=1.0)
        # All are right but the last one.
        expect_close(sol.r_squared(y, np.append(y[:-1], 8.0)), 0.0, scale=1.0)
