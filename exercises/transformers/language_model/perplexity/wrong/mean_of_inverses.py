"""
misconception: averages one over each probability
fails: test_planted_probabilities
message: >
  You average 1/p over the tokens. A single unlikely token then outweighs all others.
  The mean belongs to the logarithms, and the exponential comes after it.
"""

import numpy as np


def perplexity(logits, ids):
    rows, came = logits[:-1], ids[1:]
    weights = np.exp(rows - rows.max(axis=1, keepdims=True))
    shares = weights / weights.sum(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        return float(np.mean(1 / shares[np.arange(len(came)), came]))
