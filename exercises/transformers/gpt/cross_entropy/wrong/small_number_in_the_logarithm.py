"""
misconception: adds 1e-12 to the probabilities against a logarithm of zero
fails: test_large_logits
message: >
  You add 1e-12 to the probabilities before you take logarithms. No loss can then be
  larger than 27.6, however wrong the model is. The logarithm of the softmax is the
  shifted logit minus the logarithm of the sum.
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
    return -np.mean(np.log(np.exp(log_p)[each, wanted] + 1e-12)), gradient
