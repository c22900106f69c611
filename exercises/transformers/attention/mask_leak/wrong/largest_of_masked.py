"""
misconception: subtracts the largest score of all, hidden ones included
fails: test_hidden_scores_leave_no_trace
message: >
  You take the largest score before you hide any. If it is a hidden one that is huge, all
  visible powers become 0; if it is infinite or NaN, 0 times its power is NaN, not 0. Hide
  first, with minus infinity, and take the largest of what is left.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True)) * mask
    total = np.sum(powers, axis=-1, keepdims=True)
    return powers / np.where(total > 0, total, 1.0)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
