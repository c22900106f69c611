"""
misconception: leaves a constant feature as it is
fails: test_a_feature_that_never_varies
message: >
  The feature that never varies came back as it was. It is only not divided; its mean
  is still subtracted, so that in the training data it is 0 everywhere and does not
  act as a second intercept.
"""

import numpy as np


def standardize(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    std = np.where(constant, 1.0, X_train.std(axis=0))
    return (X - np.where(constant, 0.0, X_train.mean(axis=0))) / std


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
