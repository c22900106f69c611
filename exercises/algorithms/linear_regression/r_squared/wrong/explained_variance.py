"""
misconception: uses the variance of the residuals, which forgives a constant offset
fails: test_predictions_that_are_off_on_new_data
message: >
  You use the variance of the residuals, which first subtracts their mean: predictions
  that are all 100 g too high then count as perfect. That is called explained
  variance. R² takes the residuals as they are.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return float(np.array_equal(y, y_pred))
    return float(1 - np.var(y - y_pred) / np.var(y))
