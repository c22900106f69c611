"""
misconception: reads only the tokens before
fails: test_the_first_token_reads_itself
message: >
  The new token reads itself as well: put its key and value into the cache before you
  compute the scores.
"""

import numpy as np


def step(q, k, v, keys, values):
    if len(keys) == 0:
        return np.zeros_like(v), np.vstack([keys, k]), np.vstack([values, v])
    scores = keys @ q / np.sqrt(len(q))
    weights = np.exp(scores - np.max(scores))
    read = weights @ values / np.sum(weights)
    return read, np.vstack([keys, k]), np.vstack([values, v])
