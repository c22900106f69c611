"""Top-p: the smallest set of likeliest tokens that reaches a probability."""

import numpy as np


def top_p(probabilities: np.ndarray, p: float) -> np.ndarray:
    """Return the probabilities after top-p, in the order of the vocabulary.

    probabilities: (V,) -> (V,), which adds up to 1
    """
    # BEGIN SOLUTION
    if p >= 1:
        return probabilities / np.sum(probabilities)
    order = np.argsort(-probabilities, kind="stable")
    in_order = probabilities[order]
    keep = np.roll(np.cumsum(in_order), 1) < p  # what stands before each token
    keep[0] = True
    kept = np.zeros(len(probabilities))
    kept[order[keep]] = in_order[keep]
    return kept / np.sum(kept)
    # END SOLUTION
