"""
misconception: subtracts the training mean but divides by the new samples' deviation
fails: test_new_samples_are_measured_with_the_old_ruler
message: >
  The mean is that of the training data, the deviation that of the new samples. Both
  belong to the ruler, and the ruler is X_train.
"""

import numpy as np


def standardize(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    constant = X.max(axis=0) == X.min(axis=0)
    std = np.where(constant, 1.0, X.std(axis=0))
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
