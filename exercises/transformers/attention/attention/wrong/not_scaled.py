"""
misconception: leaves out the root of d
fails: test_as_many_of_each
message: >
  The scores are not divided by the square root of the number of features, so the largest
  of them takes too much of the weight.
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    scores = q @ np.swapaxes(k, -1, -2)
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True) @ v
