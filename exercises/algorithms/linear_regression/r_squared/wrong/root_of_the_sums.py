"""
misconception: takes the roots of the sums first
fails: test_the_four_points_of_the_chapter
message: >
  You take the root of the ratio, as a root mean squared error over a standard
  deviation. Half of the error is then half of the score. R² leaves both sums squared:
  half of the error leaves a quarter unexplained.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return 1.0 if np.array_equal(y, y_pred) else 0.0
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    return 1 - np.sqrt(unexplained / total)
