"""
misconception: a word does not see itself
fails: test_causal_mask_of_a_text
message: >
  The diagonal is missing: a word may see itself. Otherwise the first word would see nothing.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    seen = np.where(mask, scores, -np.inf)
    largest = np.max(seen, axis=-1, keepdims=True)
    powers = np.exp(seen - np.where(np.isneginf(largest), 0.0, largest))
    total = np.sum(powers, axis=-1, keepdims=True)
    return powers / np.where(total == 0, 1.0, total)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries - 1, dtype=bool)
