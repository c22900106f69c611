"""
misconception: makes y a column, so that subtracting it yields an n by n table
fails: test_the_four_points_of_the_chapter
message: >
  X @ w has shape (n,). Subtracting a column of shape (n, 1) from it does not go sample
  by sample: NumPy makes a table of shape (n, n), every prediction minus every target.
  Leave y as it is, of shape (n,).
"""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    residual = X @ w - y.reshape(-1, 1)
    return 2 / len(y) * (X.T @ residual)
