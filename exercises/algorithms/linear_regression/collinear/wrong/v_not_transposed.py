"""
misconception: takes the third result of svd for V, although it is its transpose
fails: test_the_four_points_of_the_chapter
message: >
  The third result of np.linalg.svd is Vᵀ: its rows, not its columns, are the
  directions of the weights. To come back from coordinates to weights, multiply by its
  transpose.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    sizes = np.linalg.svd(X, compute_uv=False)
    return int(np.sum(sizes > max(X.shape) * np.finfo(float).eps * sizes[0]))


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    U, sizes, V = np.linalg.svd(X, full_matrices=False)
    r = rank(X)
    return V[:, :r] @ (U[:, :r].T @ y / sizes[:r])
