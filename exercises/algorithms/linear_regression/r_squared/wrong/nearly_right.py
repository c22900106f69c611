"""
misconception: takes nearly right predictions of constant targets for exactly right
fails: test_targets_that_are_all_the_same
message: >
  You ask whether the predictions are close to the targets. For constant targets, 1 is
  for predictions that are exactly right: `np.array_equal` compares without a
  tolerance.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return 1.0 if np.allclose(y, y_pred) else 0.0
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    return 1 - unexplained / total
