"""
misconception: exponentials of the logits as they are
fails: test_logits_of_thousands
message: >
  The exponential of a logit of a thousand overflows. Subtract the largest logit of each
  row first.
"""

import numpy as np


def perplexity(logits, ids):
    rows, came = logits[:-1], ids[1:]
    with np.errstate(all="ignore"):
        total = np.log(np.exp(rows).sum(axis=1))
        return float(np.exp(np.mean(total - rows[np.arange(len(came)), came])))
