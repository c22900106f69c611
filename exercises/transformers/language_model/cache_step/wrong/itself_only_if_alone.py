"""
misconception: reads only the tokens before, and itself if there are none
fails: test_two_tokens_by_hand
message: >
  The first token reads itself, and every later one only those before it. A token
  always reads itself, too: stack the new key and value before you compute the scores.
"""

import numpy as np


def step(
    q: np.ndarray, k: np.ndarray, v: np.ndarray, keys: np.ndarray, values: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if len(keys) == 0:
        return v.copy(), k[None], v[None]
    scores = keys @ q / np.sqrt(len(q))
    weights = np.exp(scores - np.max(scores))
    read = weights @ values / np.sum(weights)
    return read, np.vstack([keys, k]), np.vstack([values, v])
