"""
misconception: keeps all tokens as likely as the last one kept
fails: test_of_equals_the_first_stay
message: >
  You turn the cut into a smallest probability, and keep every token that has it. Of
  equals, only as many stay as are needed, the first ones first.
"""

import numpy as np


def top_p(probabilities, p):
    if p >= 1:
        return probabilities / probabilities.sum()
    in_order = np.sort(probabilities)[::-1]
    keep = np.concatenate([[0.0], np.cumsum(in_order)[:-1]]) < p
    keep[0] = True
    kept = np.where(probabilities >= in_order[keep].min(), probabilities, 0)
    return kept / kept.sum()
