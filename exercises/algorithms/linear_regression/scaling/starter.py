"""Standardized features, the step they allow, and the way back to the old units."""

import numpy as np


def standardize(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Return `X` centered and scaled by the means and deviations of `X_train`.

    X_train: (n, d), X: (m, d) -> (m, d); a constant feature is only centered
    """
    raise NotImplementedError


def largest_stable_learning_rate(X: np.ndarray) -> float:
    """Return 2 / lambda_max of the Hessian of the mean squared error.

    X: (n, d)
    """
    raise NotImplementedError


def condition_number(X: np.ndarray) -> float:
    """Return lambda_max / lambda_min of the Hessian of the mean squared error.

    X: (n, d), its columns independent
    """
    raise NotImplementedError


def original_units(
    w: np.ndarray, b: float, mean: np.ndarray, std: np.ndarray
) -> tuple[np.ndarray, float]:
    """Return the weights and the intercept that fit the features as measured.

    w, mean, std: (d,) -> (d,) and a number
    """
    raise NotImplementedError
