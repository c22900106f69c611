"""
misconception: multiplies by the root of the number of features
fails: test_three_words_by_hand
message: >
  You multiply the scores by the root of d. More features already make them larger;
  dividing by the root of d makes up for that.
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    scores = q @ np.swapaxes(k, -1, -2) * np.sqrt(q.shape[-1])
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = powers / np.sum(powers, axis=-1, keepdims=True)
    return weights @ v
