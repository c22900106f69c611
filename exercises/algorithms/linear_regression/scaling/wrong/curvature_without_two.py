"""
misconception: forgets the 2 in the Hessian
fails: test_the_largest_stable_rate
slip: true
message: >
  Your rate is twice the largest stable one: gradient descent would diverge with it.
  The Hessian of a mean of squares is 2/n XᵀX, and its 2 cancels the 2 in 2/λ.
"""

import numpy as np


def standardize(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    std = np.where(constant, 1.0, X_train.std(axis=0))
    return (X - X_train.mean(axis=0)) / std


def largest_stable_learning_rate(X: np.ndarray) -> float:
    return float(2 * len(X) / np.linalg.norm(X, 2) ** 2)


def condition_number(X: np.ndarray) -> float:
    sizes = np.linalg.svd(X, compute_uv=False)
    return float((sizes[0] / sizes[-1]) ** 2)


def original_units(
    w: np.ndarray, b: float, mean: np.ndarray, std: np.ndarray
) -> tuple[np.ndarray, float]:
    weights = w / std
    return weights, float(b - weights @ mean)
