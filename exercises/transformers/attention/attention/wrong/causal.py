"""
misconception: hides the later keys from each query
fails: test_as_many_of_each
message: >
  Your queries do not see the keys that stand after them. A causal mask does that, and
  there is none in this formula: every query meets every key.
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = np.where(np.tri(*scores.shape[-2:]) == 1, scores, -np.inf)
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = powers / np.sum(powers, axis=-1, keepdims=True)
    return weights @ v
