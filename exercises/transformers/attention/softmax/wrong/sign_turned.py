"""
misconception: subtracts the scores from the largest one
fails: test_three_scores_by_hand
message: >
  The largest score got the smallest weight: you take the largest minus the score, so the
  order is turned around. It is the score minus the largest.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    weights = np.exp(np.max(x, axis=-1, keepdims=True) - x)
    return weights / np.sum(weights, axis=-1, keepdims=True)
