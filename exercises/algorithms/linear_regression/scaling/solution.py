"""Standardized features, the step they allow, and the way back to the old units."""

import numpy as np


def standardize(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Return `X` centered and scaled by the means and deviations of `X_train`.

    X_train: (n, d), X: (m, d) -> (m, d); a constant feature is only centered
    """
    # BEGIN SOLUTION
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    std = np.where(constant, 1.0, X_train.std(axis=0))
    return (X - X_train.mean(axis=0)) / std  # (m, d) - (d,) -> (m, d)
    # END SOLUTION


def largest_stable_learning_rate(X: np.ndarray) -> float:
    """Return 2 / lambda_max of the Hessian of the mean squared error.

    X: (n, d)
    """
    # BEGIN SOLUTION
    return len(X) / np.linalg.norm(X, 2) ** 2  # the largest singular value
    # END SOLUTION


def condition_number(X: np.ndarray) -> float:
    """Return lambda_max / lambda_min of the Hessian of the mean squared error.

    X: (n, d), its columns independent
    """
    # BEGIN SOLUTION
    sizes = np.linalg.svd(X, compute_uv=False)  # from the largest to the smallest
    return (sizes[0] / sizes[-1]) ** 2
    # END SOLUTION


def original_units(
    w: np.ndarray, b: float, mean: np.ndarray, std: np.ndarray
) -> tuple[np.ndarray, float]:
    """Return the weights and the intercept that fit the features as measured.

    w, mean, std: (d,) -> (d,) and a number
    """
    # BEGIN SOLUTION
    weights = w / std
    return weights, b - weights @ mean
    # END SOLUTION
