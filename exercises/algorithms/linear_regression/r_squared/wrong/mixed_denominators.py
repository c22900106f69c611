"""
misconception: divides a mean with n by a variance with n - 1
fails: test_perfect_and_clueless
message: >
  One of your sums is divided by n, the other by n - 1. R² compares the two sums as
  they are; if you divide, divide both by the same number.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return float(np.array_equal(y, y_pred))
    return float(1 - np.mean((y - y_pred) ** 2) / np.var(y, ddof=1))
