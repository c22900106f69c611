"""
misconception: exponentials of the scores as they are
fails: test_large_scores
message: >
  The formula as it is written overflows: e to the power of 1000 is no number in double
  precision. Adding the same number to all scores changes nothing in the weights, so
  subtract the largest one first.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    weights = np.exp(x)
    return weights / np.sum(weights, axis=-1, keepdims=True)
