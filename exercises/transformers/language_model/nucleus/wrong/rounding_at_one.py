"""
misconception: trusts the rounded sum at p = 1
fails: test_nothing_goes_at_one
message: >
  Probabilities that were rounded can reach 1 before the last of them has been counted,
  and the smallest are then lost. Take p = 1 as a case of its own.
"""

import numpy as np


def top_p(probabilities, p):
    order = np.argsort(-probabilities, kind="stable")
    in_order = probabilities[order]
    keep = np.concatenate([[0.0], np.cumsum(in_order)[:-1]]) < p
    keep[0] = True
    kept = np.zeros(len(probabilities))
    kept[order[keep]] = in_order[keep]
    return kept / kept.sum()
