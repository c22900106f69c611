"""
misconception: gives the score 0 wherever the spread of the targets is zero
fails: test_targets_that_are_all_the_same
message: >
  Where the spread of the targets is zero you return 0 without a look at the predictions:
  it is 1 if all of them are exactly right. And rounding can leave a little of a spread that
  should be zero: compare each target with the first one.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    if total == 0:
        return 0.0
    return float(1 - unexplained / total)
