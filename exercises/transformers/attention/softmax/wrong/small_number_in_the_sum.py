"""
misconception: adds 1e-8 to the sum against a division by zero
fails: test_three_scores_by_hand
message: >
  You add 1e-8 to the sum, so the weights add up to a little less than 1. With the
  largest score subtracted, each sum has a term of 1 and can never be 0.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    shifted = x - np.max(x, axis=-1, keepdims=True)
    weights = np.exp(shifted)
    return weights / (np.sum(weights, axis=-1, keepdims=True) + 1e-8)
