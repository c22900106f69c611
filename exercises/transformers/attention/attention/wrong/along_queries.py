"""
misconception: normalizes over the queries
fails: test_three_words_by_hand
message: >
  The weights of each key add up to 1 over all queries. It is the other way around: each
  query shares its weight of 1 among the keys, along the last axis.
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    powers = np.exp(scores - np.max(scores, axis=-2, keepdims=True))
    return powers / np.sum(powers, axis=-2, keepdims=True) @ v
