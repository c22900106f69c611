"""
misconception: keeps nothing at p = 0
fails: test_the_likeliest_token_always_stays
message: >
  At p = 0 nothing is left, and the sum that you divide by is 0. The likeliest token
  always stays.
"""

import numpy as np


def top_p(probabilities, p):
    if p >= 1:
        return probabilities / probabilities.sum()
    order = np.argsort(-probabilities, kind="stable")
    in_order = probabilities[order]
    keep = np.concatenate([[0.0], np.cumsum(in_order)[:-1]]) < p
    kept = np.zeros(len(probabilities))
    kept[order[keep]] = in_order[keep]
    with np.errstate(all="ignore"):
        return kept / kept.sum()
