"""
misconception: drops the token that crosses p
fails: test_the_token_that_crosses_p_is_kept
message: >
  You keep tokens while their sum stays at or below p. The token that crosses p belongs
  to the set: without it the set does not reach p.
"""

import numpy as np


def top_p(probabilities, p):
    order = np.argsort(-probabilities, kind="stable")
    keep = np.cumsum(probabilities[order]) <= p
    keep[0] = True
    if p >= 1:
        keep[:] = True
    kept = np.zeros(len(probabilities))
    kept[order[keep]] = probabilities[order[keep]]
    return kept / kept.sum()
