"""
misconception: loses the last axis when it sums
fails: test_each_row_of_a_table_by_itself
message: >
  The sums have lost the last axis, so NumPy lines them up with the columns, or finds that
  the shapes do not fit. keepdims=True keeps an axis of length 1 in its place.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    weights = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return weights / np.sum(weights, axis=-1)
