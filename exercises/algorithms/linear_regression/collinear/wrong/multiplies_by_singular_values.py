"""
misconception: multiplies by the singular values instead of dividing
fails: test_the_four_points_of_the_chapter
message: >
  You multiply by the singular values. They say how strongly the data respond to a
  direction; from the response back to the weights it takes a division.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    sizes = np.linalg.svd(X, compute_uv=False)
    threshold = max(X.shape) * np.finfo(float).eps * sizes[0]
    return np.count_nonzero(sizes > threshold)


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    U, sizes, Vt = np.linalg.svd(X, full_matrices=False)
    r = rank(X)
    coordinates = U[:, :r].T @ y * sizes[:r]
    return Vt[:r].T @ coordinates
