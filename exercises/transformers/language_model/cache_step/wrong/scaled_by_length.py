"""
misconception: divides by the root of the number of tokens
fails: test_two_tokens_by_hand
message: >
  You divide the scores by the root of the number of tokens. It is the width of a head,
  the length of the query, that makes dot products large.
"""

import numpy as np


def step(q, k, v, keys, values):
    keys, values = np.vstack([keys, k]), np.vstack([values, v])
    scores = keys @ q / np.sqrt(len(keys))
    weights = np.exp(scores - np.max(scores))
    return weights @ values / np.sum(weights), keys, values
