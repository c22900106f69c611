"""
misconception: returns the direction of descent, the negative of the gradient
fails: test_the_four_points_of_the_chapter
message: >
  Every sign is the opposite of what is expected. The gradient points uphill; it is
  gradient descent that puts a minus in front of it. If you wrote the residual as y -
  Xw, remember that its derivative with respect to w brings a minus of its own.
"""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    return 2 * X.T @ (y - X @ w) / len(y)
