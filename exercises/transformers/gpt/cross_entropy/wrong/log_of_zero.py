"""
misconception: takes the logarithm of a probability
fails: test_large_logits
message: >
  A small probability is rounded to 0, and its logarithm is minus infinity. Compute the
  logarithm without the probability: shifted logit less logarithm of the sum.
"""

import numpy as np


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    rows = np.flatnonzero(targets != -1)
    wanted = targets[rows]
    shifted = logits[rows] - np.max(logits[rows], axis=1, keepdims=True)
    powers = np.exp(shifted)
    with np.errstate(divide="ignore"):
        log_p = np.log(powers / np.sum(powers, axis=1, keepdims=True))
    each = np.arange(len(rows))
    p = np.exp(log_p)
    p[each, wanted] -= 1
    gradient = np.zeros(logits.shape)
    gradient[rows] = p / len(rows)
    return -np.mean(log_p[each, wanted]), gradient
