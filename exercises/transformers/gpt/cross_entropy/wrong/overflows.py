"""
misconception: takes exponentials of large numbers
fails: test_large_logits
message: >
  The exponential of a large logit is infinite. Subtract the largest entry of each row
  first; the result is the same.
"""

import numpy as np


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    rows = np.flatnonzero(targets != -1)
    wanted = targets[rows]
    shifted = logits[rows]
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    each = np.arange(len(rows))
    p = np.exp(log_p)
    p[each, wanted] -= 1
    gradient = np.zeros(logits.shape)
    gradient[rows] = p / len(rows)
    return -np.mean(log_p[each, wanted]), gradient
