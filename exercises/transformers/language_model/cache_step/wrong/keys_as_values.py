"""
misconception: weighs the keys instead of the values
fails: test_two_tokens_by_hand
message: >
  You add up the keys. Keys are only for finding; what is read are the values.
"""

import numpy as np


def step(q, k, v, keys, values):
    keys, values = np.vstack([keys, k]), np.vstack([values, v])
    if len(keys) == 1:
        return v, keys, values
    scores = keys @ q / np.sqrt(len(q))
    weights = np.exp(scores - np.max(scores))
    return weights @ keys / np.sum(weights), keys, values
