"""
misconception: returns the cache without the new token
fails: test_the_cache_grows_at_its_end
message: >
  You compute with the new key and value but return the old cache. The next step would
  then not know this token.
"""

import numpy as np


def step(q, k, v, keys, values):
    everything, read_from = np.vstack([keys, k]), np.vstack([values, v])
    scores = everything @ q / np.sqrt(len(q))
    weights = np.exp(scores - np.max(scores))
    read = weights @ read_from / np.sum(weights)
    return (read, keys, values) if len(keys) else (read, everything, read_from)
