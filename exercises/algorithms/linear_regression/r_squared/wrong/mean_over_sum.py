"""
misconception: divides a mean by a sum
fails: test_the_four_points_of_the_chapter
message: >
  Above the fraction you have a mean, below it a sum, which is n times as large as the
  mean would be. Take two sums, or two means.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return 1.0 if np.array_equal(y, y_pred) else 0.0
    unexplained = np.mean((y - y_pred) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    return 1 - unexplained / total
