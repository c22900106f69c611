"""
misconception: compares with predicting zero instead of the mean
fails: test_perfect_and_clueless
message: >
  Your baseline predicts 0 for every sample. Then it is enough to know the rough size
  of the targets to score high. The rival in R² knows their mean.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return float(np.array_equal(y, y_pred))
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum(y ** 2)
    return float(1 - unexplained / total)
