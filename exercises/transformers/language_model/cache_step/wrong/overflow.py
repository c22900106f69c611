"""
misconception: exponentials of the scores as they are
fails: test_scores_of_thousands
message: >
  The exponential of a score of a thousand overflows. Subtract the largest score first;
  the weights stay the same.
"""

import numpy as np


def step(q, k, v, keys, values):
    keys, values = np.vstack([keys, k]), np.vstack([values, v])
    with np.errstate(all="ignore"):
        weights = np.exp(keys @ q / np.sqrt(len(q)))
        return weights @ values / np.sum(weights), keys, values
