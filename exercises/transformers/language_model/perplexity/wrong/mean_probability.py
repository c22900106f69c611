"""
misconception: averages probabilities instead of logarithms
fails: test_planted_probabilities
message: >
  You take one over the mean of the probabilities. Surprises add up, and surprise is the
  logarithm: average the logarithms.
"""

import numpy as np


def perplexity(logits, ids):
    rows, came = logits[:-1], ids[1:]
    weights = np.exp(rows - rows.max(axis=1, keepdims=True))
    shares = weights / weights.sum(axis=1, keepdims=True)
    return float(1 / np.mean(shares[np.arange(len(came)), came]))
