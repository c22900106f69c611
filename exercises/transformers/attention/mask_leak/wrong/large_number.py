"""
misconception: hides by a large negative number
fails: test_large_and_very_negative_scores
message: >
  A score may lie below the number by which you hide, and then the hidden keys win. Minus
  infinity is below every score.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    seen = np.where(mask, scores, -1e9)
    powers = np.exp(seen - np.max(seen, axis=-1, keepdims=True)) * mask
    total = np.sum(powers, axis=-1, keepdims=True)
    return powers / np.where(total == 0, 1.0, total)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
