"""
misconception: counts the directions and then uses them all
fails: test_a_feature_given_twice
message: >
  `rank` leaves out the directions without data, and `least_squares` does not: it divides
  by every singular value. Where zero is meant, that is a division by what rounding left.
  Use only as many directions as `rank` counts.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    sizes = np.linalg.svd(X, compute_uv=False)
    return int(np.sum(sizes > max(X.shape) * np.finfo(float).eps * sizes[0]))


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    U, sizes, Vt = np.linalg.svd(X, full_matrices=False)
    return Vt.T @ (U.T @ y / sizes)
