"""
misconception: forgets that undoing the centering moves the intercept
fails: test_the_same_predictions_in_the_old_units
message: >
  The weights are right, and the intercept has not moved. Standardizing subtracted the
  mean of each feature; in the original units that part, weight times mean, has to
  come out of the intercept.
"""

import numpy as np


def standardize(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    std = np.where(constant, 1.0, X_train.std(axis=0))
    return (X - X_train.mean(axis=0)) / std


def largest_stable_learning_rate(X: np.ndarray) -> float:
    return float(len(X) / np.linalg.norm(X, 2) ** 2)


def condition_number(X: np.ndarray) -> float:
    sizes = np.linalg.svd(X, compute_uv=False)
    return float((sizes[0] / sizes[-1]) ** 2)


def original_units(
    w: np.ndarray, b: float, mean: np.ndarray, std: np.ndarray
) -> tuple[np.ndarray, float]:
    weights = w / std
    return weights, float(b)
