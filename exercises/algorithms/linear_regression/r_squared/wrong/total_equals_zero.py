"""
misconception: asks whether the spread of the targets is exactly zero
fails: test_targets_that_are_all_the_same
message: >
  Three times 0.1 has a mean that is not quite 0.1, so the spread around it is tiny and
  not zero. Whether all targets are equal can be asked of the targets themselves, before
  anything is subtracted.
"""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    if total == 0:
        return float(unexplained == 0)
    return float(1 - unexplained / total)
