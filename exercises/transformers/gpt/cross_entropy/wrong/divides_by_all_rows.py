"""
misconception: divides by all rows
fails: test_rows_that_do_not_count
slip: true
message: >
  You divide by the number of all rows. Those with the target -1 do not count, in the
  sum nor in the number.
"""

import numpy as np


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    rows = np.flatnonzero(targets != -1)
    wanted = targets[rows]
    shifted = logits[rows] - np.max(logits[rows], axis=1, keepdims=True)
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    each = np.arange(len(rows))
    p = np.exp(log_p)
    p[each, wanted] -= 1
    gradient = np.zeros(logits.shape)
    gradient[rows] = p / len(logits)
    return -np.sum(log_p[each, wanted]) / len(logits), gradient
