"""
misconception: sets a constant feature to 0 in new samples as well
fails: test_a_feature_that_never_varies
message: >
  A feature that never varies in X_train becomes 0 in every sample. It is only
  centered: a new sample that differs from the training data keeps its difference.
"""

import numpy as np


def standardize(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    std = np.where(constant, 1.0, X_train.std(axis=0))
    return np.where(constant, 0.0, (X - X_train.mean(axis=0)) / std)


def largest_stable_learning_rate(X: np.ndarray) -> float:
    return len(X) / np.linalg.norm(X, 2) ** 2


def condition_number(X: np.ndarray) -> float:
    sizes = np.linalg.svd(X, compute_uv=False)
    return (sizes[0] / sizes[-1]) ** 2


def original_units(
    w: np.ndarray, b: float, mean: np.ndarray, std: np.ndarray
) -> tuple[np.ndarray, float]:
    weights = w / std
    return weights, b - weights @ mean
