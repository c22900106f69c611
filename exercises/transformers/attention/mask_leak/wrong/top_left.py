"""
misconception: counts queries from the first key
fails: test_causal_mask_with_a_cache
message: >
  Your first query stands at the first key. With a cache it is the last query that stands at
  the last key, so the diagonal moves by the number of earlier keys.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    seen = np.where(mask, scores, -np.inf)
    largest = np.max(seen, axis=-1, keepdims=True)
    powers = np.exp(seen - np.where(np.isneginf(largest), 0.0, largest))
    total = np.sum(powers, axis=-1, keepdims=True)
    return powers / np.where(total == 0, 1.0, total)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, dtype=bool)
