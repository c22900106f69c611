"""
misconception: adds the rows up
fails: test_the_mean_of_several_rows
message: >
  Your loss is the sum over the rows; a longer text would cost more. Divide by the
  number of rows that count.
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
    gradient[rows] = p / len(rows)
    return -np.sum(log_p[each, wanted]), gradient
