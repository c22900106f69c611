"""
misconception: does not divide by what is left
fails: test_the_token_that_crosses_p_is_kept
message: >
  What is left no longer adds up to 1. Divide by its sum, so that the tokens that stay
  share the probability.
"""

import numpy as np


def top_p(probabilities, p):
    if p >= 1:
        return probabilities / probabilities.sum()
    order = np.argsort(-probabilities, kind="stable")
    in_order = probabilities[order]
    keep = np.concatenate([[0.0], np.cumsum(in_order)[:-1]]) < p
    keep[0] = True
    kept = np.zeros(len(probabilities))
    kept[order[keep]] = in_order[keep]
    return kept
