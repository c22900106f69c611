"""
misconception: returns the adjusted R² of a model with one feature
fails: test_the_four_points_of_the_chapter
message: >
  Your score is the adjusted R² of a model with one feature: what is left unexplained
  is multiplied by (n - 1) / (n - 2). Here nothing is known of the model, and nothing
  is adjusted.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return 1.0 if np.array_equal(y, y_pred) else 0.0
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    return 1 - (unexplained / total) * (len(y) - 1) / (len(y) - 2)
