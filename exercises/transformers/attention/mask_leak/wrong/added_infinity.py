"""
misconception: adds minus infinity
fails: test_hidden_scores_leave_no_trace
message: >
  You add minus infinity to the hidden scores. Infinity minus infinity is not a number: put
  minus infinity in their place, with np.where.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    seen = scores + np.where(mask, 0.0, -np.inf)
    largest = np.max(seen, axis=-1, keepdims=True)
    powers = np.exp(seen - np.where(np.isneginf(largest), 0.0, largest))
    total = np.sum(powers, axis=-1, keepdims=True)
    return powers / np.where(total == 0, 1.0, total)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
