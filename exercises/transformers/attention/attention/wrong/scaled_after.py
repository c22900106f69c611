"""
misconception: scales the output
fails: test_three_words_by_hand
message: >
  The root of d divides the scores, before the softmax. You divide the output by it, and
  the weights do not add up to 1.
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    scores = q @ np.swapaxes(k, -1, -2)
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True) / np.sqrt(q.shape[-1]) @ v
