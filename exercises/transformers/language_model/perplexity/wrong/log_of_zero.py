"""
misconception: the logarithm of a probability that became zero
fails: test_a_token_that_was_hardly_possible
message: >
  A probability below 1e-308 is rounded to 0, and its logarithm is minus infinity. Do
  not take the way over the probability: subtract the logarithm of the sum from the
  logit.
"""

import numpy as np


def perplexity(logits, ids):
    rows, came = logits[:-1], ids[1:]
    weights = np.exp(rows - rows.max(axis=1, keepdims=True))
    shares = weights / weights.sum(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        return float(np.exp(-np.mean(np.log(shares[np.arange(len(came)), came]))))
