"""
misconception: divides by the deviation with n - 1 in place of n
fails: test_mean_zero_and_deviation_one
slip: true
message: >
  You divide by the standard deviation with n - 1. That one estimates the spread of
  the population the samples came from; here the task asks for the spread of these
  very numbers, with n, as np.std computes it by default and scikit-learn's
  StandardScaler does.
"""

import numpy as np


def standardize(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    std = np.where(constant, 1.0, X_train.std(axis=0, ddof=1))
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
    return weights, float(b - weights @ mean)
