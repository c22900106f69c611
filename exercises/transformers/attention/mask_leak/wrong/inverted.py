"""
misconception: True hides instead of shows
fails: test_visible_weights_add_up_to_one
message: >
  Your weights stand where the mask is False. Here True means that a key may be seen.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    seen = np.where(mask, -np.inf, scores)
    largest = np.max(seen, axis=-1, keepdims=True)
    powers = np.exp(seen - np.where(np.isneginf(largest), 0.0, largest))
    total = np.sum(powers, axis=-1, keepdims=True)
    return powers / np.where(total == 0, 1.0, total)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
