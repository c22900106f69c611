"""
misconception: asks whether the deviation is exactly zero to find constant features
fails: test_a_feature_that_never_varies
message: >
  You ask whether the standard deviation is exactly 0. Ten times 0.1 is not quite 1 in
  floating point, so the mean misses 0.1 by a hair and the deviation is 1e-17:
  dividing by it turns rounding into a feature. Compare the largest value with the
  smallest.
"""

import numpy as np


def standardize(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    constant = X_train.std(axis=0) == 0
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
    return weights, float(b - weights @ mean)
