"""
misconception: compares the singular values with a fixed number
fails: test_the_rank_does_not_depend_on_the_units
message: >
  You compare the singular values with a fixed number. Measured in another unit, the
  same data give singular values a thousand or a million times smaller, and your rank
  changes with them. Small means small compared with the largest singular value.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    return int(np.sum(np.linalg.svd(X, compute_uv=False) > 1e-10))


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    U, sizes, Vt = np.linalg.svd(X, full_matrices=False)
    r = rank(X)
    return Vt[:r].T @ (U[:, :r].T @ y / sizes[:r])
