"""
misconception: adds the new rows at the front
fails: test_the_cache_grows_at_its_end
message: >
  The new token comes last in the text, and so in the cache. At the front it would be
  taken for the oldest one.
"""

import numpy as np


def step(q, k, v, keys, values):
    keys, values = np.vstack([k, keys]), np.vstack([v, values])
    scores = keys @ q / np.sqrt(len(q))
    weights = np.exp(scores - np.max(scores))
    return weights @ values / np.sum(weights), keys, values
