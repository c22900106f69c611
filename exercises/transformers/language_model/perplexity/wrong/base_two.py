"""
misconception: a logarithm of base two and an exponential of base e
fails: test_all_alike
message: >
  You measure surprise in bits and then take e to that power. Base and exponential have
  to belong together: either 2 and log2, or e and log.
"""

import numpy as np


def perplexity(logits, ids):
    rows, came = logits[:-1], ids[1:]
    shifted = rows - rows.max(axis=1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=1))
    bits = (total - shifted[np.arange(len(came)), came]) / np.log(2)
    return float(np.exp(np.mean(bits)))
