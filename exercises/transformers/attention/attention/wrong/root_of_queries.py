"""
misconception: divides by the root of the number of queries
fails: test_three_words_by_hand
message: >
  You divide by the root of the number of queries. A score is a sum over features, and
  it grows with their number: the last axis of q.
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-2])
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = powers / np.sum(powers, axis=-1, keepdims=True)
    return weights @ v
