"""
misconception: divides 0 by 0 where nothing may be seen
fails: test_nothing_may_be_seen
message: >
  In a row without visible keys the largest score is minus infinity, and no power is left to
  divide by. Minus infinity minus itself is NaN, and so is 0/0. Such a row is all zeros: see
  to it before the result is returned.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    seen = np.where(mask, scores, -np.inf)
    powers = np.exp(seen - np.max(seen, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
