"""
misconception: returns the spread of the predictions over the spread of the targets
fails: test_worse_than_the_mean
message: >
  You compare how much the predictions vary with how much the targets vary. That
  equals R² for a line on its own training data only. Predictions can vary a lot and
  be wrong: what counts is how far each is from its target.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return float(np.array_equal(y, y_pred))
    explained = np.sum((y_pred - y.mean()) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    return float(explained / total)
