"""
misconception: takes one mean and one deviation for the whole table
fails: test_mean_zero_and_deviation_one
message: >
  You take one mean and one deviation of the whole table. Millimeters and grams end up
  in one average, and the long feature stays long. Each feature needs its own: go down
  the columns with axis=0.
"""

import numpy as np


def standardize(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    return (X - X_train.mean()) / X_train.std()


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
