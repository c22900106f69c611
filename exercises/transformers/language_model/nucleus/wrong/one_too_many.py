"""
misconception: keeps one more where p is reached exactly
fails: test_p_that_is_reached_exactly
slip: true
message: >
  Where the sum of the first tokens equals p, they have reached it, and the next token
  goes. Compare with "less than", not "at most".
"""

import numpy as np


def top_p(probabilities, p):
    if p <= 0:
        return np.eye(len(probabilities))[np.argmax(probabilities)]
    order = np.argsort(-probabilities, kind="stable")
    in_order = probabilities[order]
    keep = np.concatenate([[0.0], np.cumsum(in_order)[:-1]]) <= p
    if p >= 1:
        keep[:] = True
    kept = np.zeros(len(probabilities))
    kept[order[keep]] = in_order[keep]
    return kept / kept.sum()
