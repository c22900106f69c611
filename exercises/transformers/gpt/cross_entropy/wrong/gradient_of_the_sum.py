"""
misconception: forgets the mean in the gradient
fails: test_the_gradient_of_the_mean
message: >
  The loss is a mean, so each row has only its share of it: divide the gradient by the
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
    gradient[rows] = p
    return -np.mean(log_p[each, wanted]), gradient
