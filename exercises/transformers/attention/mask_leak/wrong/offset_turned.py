"""
misconception: moves the mask in the wrong direction where there are more keys
fails: test_causal_mask_with_a_cache
message: >
  With more keys than queries your mask hides more instead of less. The first query
  stands behind all the keys that the cache has: its position is n_keys - n_queries.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    seen = np.where(mask, scores, -np.inf)
    with np.errstate(invalid="ignore"):
        powers = np.exp(seen - np.max(seen, axis=-1, keepdims=True))
        weights = powers / np.sum(powers, axis=-1, keepdims=True)
    return np.where(mask, weights, 0.0)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    positions = np.arange(n_queries)[:, None] + n_queries - n_keys
    return np.arange(n_keys) <= positions
