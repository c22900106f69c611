"""
misconception: takes -1 for the last column
fails: test_rows_that_do_not_count
message: >
  In NumPy the index -1 is the last column. Take out the rows whose target is -1 before
  you look anything up.
"""

import numpy as np


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    rows = np.arange(len(targets))
    wanted = targets[rows]
    shifted = logits[rows] - np.max(logits[rows], axis=1, keepdims=True)
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    each = np.arange(len(rows))
    p = np.exp(log_p)
    p[each, wanted] -= 1
    gradient = np.zeros(logits.shape)
    gradient[rows] = p / len(rows)
    return -np.mean(log_p[each, wanted]), gradient
