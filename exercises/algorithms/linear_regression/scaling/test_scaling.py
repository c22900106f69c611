"""Tests of the exercise `scaling`: curvatures and units are planted, then asked for."""

import numpy as np
import pytest
from groundup.grader.expect import expect_close, expect_parts


def orthonormal(rng, rows, columns):
    """Return a random matrix with orthonormal columns."""
    return np.linalg.qr(rng.normal(size=(rows, columns)))[0]


@pytest.mark.points(1)
def test_mean_zero_and_deviation_one(sol, rng):
    """Standardized, the training features have mean 0 and standard deviation 1."""
    # -1, 0, 1 and 0: mean 0 and mean square 1/2, so the standardized entries are known.
    pattern = np.array([[-1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, -1.0]])
    X = rng.normal(size=2) + pattern * [1e3, 1e-3]
    # Centering 1e-3 around 1 costs three digits.
    got = sol.standardize(X, X)
    expect_close(got, pattern * np.sqrt(2), tolerance=1e-11)


@pytest.mark.points(1)
def test_new_samples_are_measured_with_the_old_ruler(sol, rng):
    """New samples, even one, use the mean and the deviation of the training data."""
    Z = orthonormal(rng, 9, 3)
    Z = (Z - Z.mean(axis=0)) / Z.std(axis=0)
    mean, std = np.array([3.0, -1.0, 200.0]), np.array([1e-1, 1.0, 20.0])
    for m in (5, 1):
        want = rng.normal(size=(m, 3))
        got = sol.standardize(mean + std * Z, mean + std * want)
        # Undoing mean and deviation costs the digits of mean / std, here one or two.
        expect_close(got, want, scale=10.0)


@pytest.mark.points(1)
def test_a_feature_that_never_varies(sol, rng):
    """A feature that is 0.1 everywhere becomes 0, not infinity, noise or nan."""
    pattern = np.tile([-1.0, 1.0], 5)
    X = np.column_stack([5 + 2 * pattern, np.full(10, 0.1), -5 + 2 * pattern])
    want = np.column_stack([pattern, np.zeros(10), pattern])
    expect_close(sol.standardize(X, X), want)
    new = np.array([[9.0, 0.3, -9.0]])
    expect_close(sol.standardize(X, new), [[2.0, 0.2, -2.0]])


@pytest.mark.points(1)
def test_the_largest_stable_rate(sol, rng):
    """The rate is 2 over the largest curvature, for any number of samples and unit."""
    for n, unit in [(1, 1.0), (8, 1e3), (30, 1e-3)]:
        d = min(n, 3)
        lengths = np.array([3.0, 1.0, 0.5])[:d] * unit
        X = orthonormal(rng, n, d) * lengths @ orthonormal(rng, d, d).T
        largest_curvature = 2 / n * lengths[0] ** 2
        expect_close(sol.largest_stable_learning_rate(X), 2 / largest_curvature)
    # The steepest direction is not always the first that an eigenvalue routine names.
    X = orthonormal(rng, 9, 3) * [0.5, 3.0, 1.0]
    expect_close(sol.largest_stable_learning_rate(X), 1.0)


@pytest.mark.points(1)
def test_the_condition_number_is_that_of_the_hessian(sol, rng):
    """A feature a thousand times as long makes the Hessian a million times steeper."""
    for unit in (1.0, 1e-3):
        X = orthonormal(rng, 12, 3) * [1e3, 20.0, 1.0] @ orthonormal(rng, 3, 3).T
        # Through X the answer has 12 digits, through the Hessian 9: both are welcome.
        expect_close(sol.condition_number(X * unit), 1e6, tolerance=1e-8)
    X = orthonormal(rng, 12, 3) * [20.0, 1.0, 1e3]
    expect_close(sol.condition_number(X), 1e6, tolerance=1e-8)


@pytest.mark.points(1)
def test_the_same_predictions_in_the_old_units(sol, rng):
    """In the original units the predictions are the same, intercept included."""
    w, b = rng.normal(size=3), rng.normal()
    mean, std = np.array([200.0, -17.0, 1e-3]), np.array([14.0, 2.0, 1e-3])
    got = sol.original_units(w, b, mean, std)
    weights, intercept = expect_parts(got, "w", "b")
    expect_close(weights, w / std, scale=np.abs(w / std), name="w")
    terms = np.abs(b) + np.abs(w / std * mean).sum()
    want = b - np.sum(w * mean / std)
    expect_close(intercept, want, scale=terms, name="b")
