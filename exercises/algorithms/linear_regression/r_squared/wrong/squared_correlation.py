"""
misconception: returns the squared correlation of targets and predictions
fails: test_worse_than_the_mean
message: >
  You return the squared correlation. It agrees with R² for a line on its own training
  data. Elsewhere it forgives predictions that are all too high, on the wrong scale, or
  even upside down, and R² forgives none of this.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return float(np.array_equal(y, y_pred))
    if np.all(y_pred == y_pred[0]):
        return 0.0
    return float(np.corrcoef(y, y_pred)[0, 1] ** 2)
