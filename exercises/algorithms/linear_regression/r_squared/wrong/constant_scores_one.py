"""
misconception: gives constant targets the score 1 whatever was predicted
fails: test_targets_that_are_all_the_same
message: >
  For targets that are all the same you return 1 without a look at the predictions.
  One of them was wrong here: then it is 0.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    if np.all(y == y[0]):
        return 1.0
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    return 1 - unexplained / total
