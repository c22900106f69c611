"""
misconception: leaves the number of rows and columns out of the threshold
fails: test_the_rank_does_not_depend_on_the_units
message: >
  Your threshold is the rounding unit times the largest singular value. Rounding grows
  with the matrix: the larger of n and d belongs in the threshold, too.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    sizes = np.linalg.svd(X, compute_uv=False)
    threshold = np.finfo(float).eps * sizes[0]
    return np.count_nonzero(sizes > threshold)


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    U, sizes, Vt = np.linalg.svd(X, full_matrices=False)
    r = rank(X)
    coordinates = U[:, :r].T @ y / sizes[:r]
    return Vt[:r].T @ coordinates
