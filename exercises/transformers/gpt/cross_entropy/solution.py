"""Cross-entropy of logits, and its gradient; some rows do not count."""

import numpy as np


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the mean loss of the rows that count, and its gradient by the logits.

    logits: (n, V), targets: (n,), -1 where a row does not count
    """
    # BEGIN SOLUTION
    rows = np.flatnonzero(targets != -1)
    wanted = targets[rows]
    shifted = logits[rows] - np.max(logits[rows], axis=1, keepdims=True)
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    each = np.arange(len(rows))
    p = np.exp(log_p)
    p[each, wanted] -= 1
    gradient = np.zeros(logits.shape)
    gradient[rows] = p / len(rows)
    return -np.mean(log_p[each, wanted]), gradient
    # END SOLUTION
