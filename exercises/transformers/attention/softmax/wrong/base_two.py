"""
misconception: takes powers of 2 instead of e
fails: test_three_scores_by_hand
message: >
  Your weights are made of powers of 2. Softmax takes powers of e, which `np.exp`
  computes: a score that is higher by 1 has e times the weight.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    shifted = x - np.max(x, axis=-1, keepdims=True)
    weights = 2.0**shifted
    return weights / np.sum(weights, axis=-1, keepdims=True)
