"""
misconception: subtracts one largest score from all rows
fails: test_rows_of_very_different_size
message: >
  You subtract the largest score of the whole array. For a row that lies far below it, all
  exponentials become 0, and 0 divided by 0 has no value. Each row needs its own largest
  score.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    weights = np.exp(x - np.max(x))
    return weights / np.sum(weights, axis=-1, keepdims=True)
