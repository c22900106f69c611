"""
misconception: exchanges targets and predictions
fails: test_worse_than_the_mean
message: >
  You divide by the spread of the predictions around their mean, as if targets and
  predictions had changed places. Unlike a correlation, R² is not symmetric: the
  baseline is the mean of the targets.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return float(np.array_equal(y, y_pred))
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y_pred - y_pred.mean()) ** 2)
    if total == 0:
        return float(unexplained == 0)
    return float(1 - unexplained / total)
