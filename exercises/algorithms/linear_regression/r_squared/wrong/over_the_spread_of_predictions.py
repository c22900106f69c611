"""
misconception: divides by how far the predictions are from the mean
fails: test_the_four_points_of_the_chapter
message: >
  Below the fraction you have the distances of the predictions from the mean of the
  targets. The rival in R² predicts that mean, and what counts is how far the targets
  are from it.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return 1.0 if np.array_equal(y, y_pred) else 0.0
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y_pred - y.mean()) ** 2)
    return 1 - unexplained / total
