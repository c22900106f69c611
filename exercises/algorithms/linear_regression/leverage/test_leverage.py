"""Tests of the exercise `leverage`: definitions, with every fit done anew."""

import numpy as np
import pytest
from groundup.grader.expect import expect_close


def fitted(X, y, at):
    """Return the predictions at some samples of the model fitted to X and y."""
    ones = [np.column_stack([np.ones(len(table)), table]) for table in (X, at)]
    return ones[1] @ np.linalg.lstsq(ones[0], y)[0]


@pytest.mark.points(1)
def test_the_four_points_of_the_chapter(sol):
    """At x = 1, 2, 3, 4 the leverages are 0.7, 0.3, 0.3 and 0.7."""
    X = np.array([[1.0], [2.0], [3.0], [4.0]])
    expect_close(sol.leverage(X), [0.7, 0.3, 0.3, 0.7])


@pytest.mark.points(1)
def test_a_fitted_value_follows_its_target(sol, rng):
    """When a target moves by 1, its fitted value moves by the leverage."""
    for n, d in [(9, 1), (12, 4), (3, 2)]:
        X = rng.normal(size=(n, d))
        if n > d + 1:
            X[-1] = X[0]  # two samples alike
        moved = [fitted(X, target, X[[i]])[0] for i, target in enumerate(np.eye(n))]
        # The refits are good to eps times the condition number of the samples drawn.
        expect_close(sol.leverage(X), moved, tolerance=1e-10)


@pytest.mark.points(1)
def test_no_matter_which_unit_and_origin(sol, rng):
    """Leverage is the same in any unit and counted from any zero."""
    Q, _ = np.linalg.qr(np.column_stack([np.ones(10), rng.normal(size=(10, 2))]))
    want = np.sum(Q**2, axis=1)  # the columns after the first are centered
    X = Q[:, 1:]
    for unit in ([1.0, 1.0], [1e3, 1e-3]):
        # Lengths that differ by a million cost six digits at the worst.
        expect_close(sol.leverage(X * unit), want, tolerance=1e-10)
    # Features near 1e5 that differ by less than 1 have eleven digits for it.
    expect_close(sol.leverage(X + 1e5), want, tolerance=1e-8)


@pytest.mark.points(1)
def test_a_hundred_thousand_samples(sol):
    """A hundred thousand samples fit into memory: no n by n matrix is formed."""
    n = 100_000
    x = np.linspace(-1.0, 1.0, n)
    want = 1 / n + x**2 / np.sum(x**2)
    # Sums of 100,000 terms, rounded in another order.
    expect_close(sol.leverage(x[:, None]), want, tolerance=1e-10)
    # Targets of 0 leave residuals of 0 in any formula: it is the memory that counts.
    got = sol.leave_one_out_residuals(x[:, None], np.zeros(n))
    expect_close(got, np.zeros(n), scale=1.0)


@pytest.mark.points(2)
def test_each_sample_left_out_in_turn(sol, rng):
    """It is the error at a sample of the model fitted without this sample."""
    for unit in (1.0, 1e3, 1e-3):
        X, y = rng.normal(size=(14, 3)) * unit, rng.normal(size=14)
        others = [np.arange(14) != i for i in range(14)]
        alone = [fitted(X[o], y[o], X[~o])[0] for o in others]
        # The refits are good to eps times the condition number, at most about 1e4.
        got = sol.leave_one_out_residuals(X, y)
        expect_close(got, y - alone, tolerance=1e-10)
