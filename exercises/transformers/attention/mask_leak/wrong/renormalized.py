"""
misconception: masks after the softmax and divides again
fails: test_hidden_scores_leave_no_trace
message: >
  A hidden score that is huge or no number spoils the softmax before you mask it away. Hide
  first, then take exponentials.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True)) * mask
    total = np.sum(powers, axis=-1, keepdims=True)
    return powers / np.where(total == 0, 1.0, total)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
