"""
misconception: divides by the root of the number of keys
fails: test_three_words_by_hand
message: >
  You divide by the root of the number of keys. What makes scores large is the number of
  features that are multiplied and added: the last axis of q.
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(k.shape[-2])
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True) @ v
