"""
misconception: hides by a large negative number and by nothing else
fails: test_nothing_may_be_seen
message: >
  A large negative number is a score like others. A row in which all scores are that
  number shares its weight among them, and a visible score may lie even lower. Hide by
  minus infinity, and set the weights of hidden keys to 0 at the end.
"""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    seen = np.where(mask, scores, -1e9)
    powers = np.exp(seen - np.max(seen, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
