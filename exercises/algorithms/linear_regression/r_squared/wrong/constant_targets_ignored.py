"""
misconception: divides by the spread of the targets even where it is zero
fails: test_targets_that_are_all_the_same
message: >
  The formula divides by zero, or by what rounding leaves of zero, when all targets
  are the same. A score should say something sensible there: 1 if every prediction is
  right, 0 otherwise.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    return float(1 - unexplained / total)
