"""
misconception: divides the scores by the largest instead of subtracting it
fails: test_three_scores_by_hand
message: >
  You divide the scores by the largest one. That changes their differences, and with
  them the weights. Only subtracting the same number from all leaves the weights as
  they are.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    shifted = x / np.max(x, axis=-1, keepdims=True)
    weights = np.exp(shifted)
    return weights / np.sum(weights, axis=-1, keepdims=True)
