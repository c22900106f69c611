"""
misconception: subtracts the largest logit of all rows
fails: test_logits_of_thousands
message: >
  You subtract one number from all rows. A row that lies far below it has exponentials
  of 0 only, and the logarithm of their sum is minus infinity. Each row needs its own
  largest logit.
"""

import numpy as np


def perplexity(logits: np.ndarray, ids: np.ndarray) -> float:
    rows, came = logits[:-1], ids[1:]
    shifted = rows - np.max(rows)
    log_total = np.log(np.sum(np.exp(shifted), axis=1))
    surprise = log_total - shifted[np.arange(len(came)), came]
    return float(np.exp(np.mean(surprise)))
