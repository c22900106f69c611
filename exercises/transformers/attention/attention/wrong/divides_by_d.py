"""
misconception: divides by d instead of its root
fails: test_as_many_of_each
message: >
  You divide by d. Scores have the variance d, and so the spread of its square root: divide
  by np.sqrt(d).
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    scores = q @ np.swapaxes(k, -1, -2) / q.shape[-1]
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True) @ v
