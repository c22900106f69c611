"""
misconception: multiplies the weights by the deviation instead of dividing
fails: test_the_same_predictions_in_the_old_units
slip: true
message: >
  You multiply the weights by the deviations. A weight says how much the prediction
  changes per unit: one standardized unit is std millimeters, so one millimeter
  changes the prediction by w / std.
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
    weights = w * std
    return weights, float(b - weights @ mean)
