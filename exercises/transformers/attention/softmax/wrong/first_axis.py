"""
misconception: normalizes down the columns
fails: test_each_row_of_a_table_by_itself
message: >
  The columns add up to 1, not the rows. The scores that belong together lie along the
  last axis, axis=-1.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    weights = np.exp(x - np.max(x, axis=0, keepdims=True))
    return weights / np.sum(weights, axis=0, keepdims=True)
