"""
misconception: leaves out the root of the width
fails: test_two_tokens_by_hand
slip: true
message: >
  The scores are not divided by the root of the width of a head. Without that the
  softmax is far too sharp.
"""

import numpy as np


def step(q, k, v, keys, values):
    keys, values = np.vstack([keys, k]), np.vstack([values, v])
    scores = keys @ q
    weights = np.exp(scores - np.max(scores))
    return weights @ values / np.sum(weights), keys, values
