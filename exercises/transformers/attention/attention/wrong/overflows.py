"""
misconception: exponentials of the scores as they are
fails: test_large_scores
message: >
  Large scores overflow the exponential. Subtract the largest score of each row first: the
  weights do not change.
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    powers = np.exp(q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]))
    return powers / np.sum(powers, axis=-1, keepdims=True) @ v
