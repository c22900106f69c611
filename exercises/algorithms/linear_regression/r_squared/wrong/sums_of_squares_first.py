"""
misconception: computes the total as a difference of two huge numbers
fails: test_no_matter_which_unit_and_origin
message: >
  You compute the spread as a difference of two sums of squares. For targets far from
  zero both are huge and nearly equal, and their difference is mostly rounding.
  Subtract the mean first, then square.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return float(np.array_equal(y, y_pred))
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum(y**2) - len(y) * y.mean() ** 2
    return float(1 - unexplained / total)
