"""
misconception: no largest score subtracted
fails: test_large_and_very_negative_scores
message: >
  Scores of thousands overflow the exponential, and very negative ones all become 0.
  Subtract the largest visible score of each row.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    powers = np.exp(np.where(mask, scores, -np.inf))
    total = np.sum(powers, axis=-1, keepdims=True)
    return powers / np.where(total == 0, 1.0, total)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
