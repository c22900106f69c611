"""
misconception: divides by the root of the width of the values
fails: test_three_words_by_hand
message: >
  You divide by the root of the number of columns of v. Scores are made of queries and
  keys alone: what counts is how many features those have.
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(v.shape[-1])
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = powers / np.sum(powers, axis=-1, keepdims=True)
    return weights @ v
