"""
misconception: takes the last of equals first
fails: test_of_equals_the_first_stay
message: >
  Sorting upward and turning the list around puts the last of equally likely tokens
  first. Sort the negative probabilities with a stable sort.
"""

import numpy as np


def top_p(probabilities, p):
    if p >= 1:
        return probabilities / probabilities.sum()
    order = np.argsort(probabilities, kind="stable")[::-1]
    in_order = probabilities[order]
    keep = np.concatenate([[0.0], np.cumsum(in_order)[:-1]]) < p
    keep[0] = True
    kept = np.zeros(len(probabilities))
    kept[order[keep]] = in_order[keep]
    return kept / kept.sum()
