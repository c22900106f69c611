"""
misconception: returns the softmax as the gradient
fails: test_three_tokens_by_hand
message: >
  Your gradient is the softmax. At the target, 1 has to be subtracted: that logit should
  rise.
"""

import numpy as np


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    rows = np.flatnonzero(targets != -1)
    wanted = targets[rows]
    shifted = logits[rows] - np.max(logits[rows], axis=1, keepdims=True)
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    each = np.arange(len(rows))
    p = np.exp(log_p)
    gradient = np.zeros(logits.shape)
    gradient[rows] = p / len(rows)
    return -np.mean(log_p[each, wanted]), gradient
