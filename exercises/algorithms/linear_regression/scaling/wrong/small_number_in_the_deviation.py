"""
misconception: adds 1e-8 to every deviation against a division by zero
fails: test_mean_zero_and_deviation_one
message: >
  You add 1e-8 to the deviations. A feature that hardly varies is then scaled by
  something else than its deviation, and one that never varies is divided by 1e-8. Ask
  which features are constant, and divide those by 1.
"""

import numpy as np


def standardize(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    std = X_train.std(axis=0) + 1e-8
    return (X - X_train.mean(axis=0)) / std


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
