"""
misconception: points uphill with the loss upside down
fails: test_three_tokens_by_hand
message: >
  The sign is turned. The loss is minus the logarithm, and its gradient is softmax less
  1 at the target.
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
    gradient[rows] = -p / len(rows)
    return np.mean(log_p[each, wanted]), gradient
