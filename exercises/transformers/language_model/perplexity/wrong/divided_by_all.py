"""
misconception: divides by all tokens
fails: test_all_alike
message: >
  You divide by T, but only T - 1 tokens were predicted: nobody predicted the first one.
"""

import numpy as np


def perplexity(logits, ids):
    rows, came = logits[:-1], ids[1:]
    shifted = rows - rows.max(axis=1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=1))
    return float(np.exp(np.sum(total - shifted[np.arange(len(came)), came]) / len(ids)))
