"""
misconception: stops at the mean surprise
fails: test_all_alike
message: >
  This is the mean surprise, the cross-entropy. The perplexity is its exponential.
"""

import numpy as np


def perplexity(logits, ids):
    rows, came = logits[:-1], ids[1:]
    shifted = rows - rows.max(axis=1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(total - shifted[np.arange(len(came)), came]))
