"""
misconception: cuts the score off at zero
fails: test_worse_than_the_mean
message: >
  Your score never falls below zero. Despite its name, R² is not the square of
  anything here: a model on new data can do worse than the mean, and a negative score
  is how it says so.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return float(np.array_equal(y, y_pred))
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    return float(max(0.0, 1 - unexplained / total))
