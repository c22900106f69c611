"""
misconception: measures the spread of the targets around the mean of the predictions
fails: test_predictions_that_are_off_on_new_data
message: >
  Your baseline is the mean of the predictions. The rival in R² does not know them: it
  predicts the mean of the targets that are scored. With yours, predictions that are
  all too high make their own rival worse.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return float(np.array_equal(y, y_pred))
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y - y_pred.mean()) ** 2)
    return float(1 - unexplained / total)
