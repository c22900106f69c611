"""
misconception: counts the axes from the front
fails: test_any_number_of_axes
message: >
  axis=1 is the last axis of a table, but not of an array with three axes or more. Count
  from the end, axis=-1.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    axis = min(1, x.ndim - 1)
    weights = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return weights / np.sum(weights, axis=axis, keepdims=True)
