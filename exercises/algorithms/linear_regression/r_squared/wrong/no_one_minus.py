"""
misconception: returns the unexplained part and forgets to take it from one
fails: test_the_four_points_of_the_chapter
message: >
  You return the part that is not explained: 0 for perfect predictions, 1 for the
  mean. R² is what is left of 1 when it is taken away.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return float(np.array_equal(y, y_pred))
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    return float(unexplained / total)
