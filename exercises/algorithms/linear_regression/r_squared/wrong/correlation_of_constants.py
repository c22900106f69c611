"""
misconception: returns the squared correlation, also for constant predictions
fails: test_worse_than_the_mean
message: >
  You return the squared correlation. For predictions that are all the same it is 0/0, or
  what rounding makes of it, and for others it forgives every shift and scale. It is R² only
  for a line scored on the data that it was fitted to.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return float(np.array_equal(y, y_pred))
    return float(np.corrcoef(y, y_pred)[0, 1] ** 2)
