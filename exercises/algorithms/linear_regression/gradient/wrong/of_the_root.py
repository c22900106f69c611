"""
misconception: takes the slope of the root of the mean squared error
fails: test_the_four_points_of_the_chapter
message: >
  Yours is the slope of the root of the mean squared error: the right direction,
  divided by twice that root. The loss here has no root.
"""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    residual = X @ w - y
    return X.T @ residual / len(y) / np.sqrt(np.mean(residual**2))
