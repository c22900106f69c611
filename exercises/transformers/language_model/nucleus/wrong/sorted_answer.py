"""
misconception: returns the probabilities in sorted order
fails: test_the_token_that_crosses_p_is_kept
message: >
  The answer is in sorted order. Place 0 of the array belongs to token 0 of the
  vocabulary: put each probability back where it came from.
"""

import numpy as np


def top_p(probabilities, p):
    if p >= 1:
        return probabilities / probabilities.sum()
    in_order = np.sort(probabilities)[::-1]
    keep = np.concatenate([[0.0], np.cumsum(in_order)[:-1]]) < p
    keep[0] = True
    kept = np.where(keep, in_order, 0)
    return kept / kept.sum()
