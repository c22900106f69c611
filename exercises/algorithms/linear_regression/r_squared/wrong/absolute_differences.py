"""
misconception: adds up absolute differences instead of squares
fails: test_the_four_points_of_the_chapter
message: >
  You add up absolute differences. R² adds up their squares, so that one large miss
  weighs more than several small ones, and the mean is the best of all constant
  predictions.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return 1.0 if np.array_equal(y, y_pred) else 0.0
    unexplained = np.sum(np.abs(y - y_pred))
    total = np.sum(np.abs(y - y.mean()))
    return 1 - unexplained / total
