"""
misconception: divides by the root of len(q)
fails: test_three_words_by_hand
message: >
  You divide by the root of `len(q)`, the length of the first axis: the number of
  queries in a table, of tables in a batch. The number of features is `q.shape[-1]`.
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(len(q))
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = powers / np.sum(powers, axis=-1, keepdims=True)
    return weights @ v
