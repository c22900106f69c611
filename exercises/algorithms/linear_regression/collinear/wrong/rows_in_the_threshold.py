"""
misconception: uses the number of rows in the threshold, also where there are more columns
fails: test_the_rank_does_not_depend_on_the_units
message: >
  Your threshold has the number of samples. It is the larger of n and d: here there
  are more features than samples.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    sizes = np.linalg.svd(X, compute_uv=False)
    threshold = len(X) * np.finfo(float).eps * sizes[0]
    return np.count_nonzero(sizes > threshold)


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    U, sizes, Vt = np.linalg.svd(X, full_matrices=False)
    r = rank(X)
    coordinates = U[:, :r].T @ y / sizes[:r]
    return Vt[:r].T @ coordinates
