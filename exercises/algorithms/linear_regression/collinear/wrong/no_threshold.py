"""
misconception: takes every singular value but an exact zero for a direction with data
fails: test_the_rank_does_not_depend_on_the_units
message: >
  You count every singular value that is not exactly zero. Rounding leaves something
  like 1e-17 where zero is meant, and dividing by it makes the noise of the data
  larger than anything in them. Compare each with the largest one.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    return int(np.sum(np.linalg.svd(X, compute_uv=False) > 0))


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    U, sizes, Vt = np.linalg.svd(X, full_matrices=False)
    r = rank(X)
    return Vt[:r].T @ (U[:, :r].T @ y / sizes[:r])
