"""
misconception: sets hidden scores to 0
fails: test_visible_weights_add_up_to_one
message: >
  A score of 0 is a score like others, and its exponential is 1. Only minus infinity has
  the weight 0.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    seen = np.where(mask, scores, 0.0)
    powers = np.exp(seen - np.max(seen, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
