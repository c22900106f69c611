"""
misconception: masks after the softmax
fails: test_visible_weights_add_up_to_one
message: >
  The rows no longer add up to 1: the hidden scores are still in the sum that you divide by.
  Hide them before the softmax.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True) * mask


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
