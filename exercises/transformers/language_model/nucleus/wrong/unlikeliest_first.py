"""
misconception: sorts in rising order
fails: test_the_token_that_crosses_p_is_kept
message: >
  You begin with the unlikeliest token. Top-p keeps the likeliest: `np.argsort` sorts
  in rising order, so sort the negative probabilities.
"""

import numpy as np


def top_p(probabilities: np.ndarray, p: float) -> np.ndarray:
    if p >= 1:
        return probabilities / np.sum(probabilities)
    order = np.argsort(probabilities, kind="stable")
    in_order = probabilities[order]
    keep = np.roll(np.cumsum(in_order), 1) < p
    keep[0] = True
    kept = np.zeros(len(probabilities))
    kept[order[keep]] = in_order[keep]
    return kept / np.sum(kept)
