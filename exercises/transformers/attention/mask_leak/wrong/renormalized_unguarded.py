"""
misconception: masks after the softmax and divides again, by 0 where nothing is left
fails: test_nothing_may_be_seen
message: >
  You multiply by the mask and divide by what is left. Nothing is left in a row in which
  nothing may be seen, nor where a hidden score is huge, and 0/0 is NaN. Hide before the
  exponential, and give hidden keys the weight 0 at the end.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True)) * mask
    total = np.sum(powers, axis=-1, keepdims=True)
    return powers / total


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
