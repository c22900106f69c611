"""
misconception: makes w a column, so that subtracting y yields an n by n table
fails: test_the_four_points_of_the_chapter
message: >
  Somewhere a column of shape (n, 1) met a vector of shape (n,): NumPy subtracts each
  from each and makes a table of n by n. Keep w and y one-dimensional, so that X @ w -
  y has one entry for each sample.
"""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    residual = X @ w.reshape(-1, 1) - y
    return 2 / len(y) * X.T @ residual
