"""
misconception: keeps the tokens whose own probability is at least p
fails: test_the_token_that_crosses_p_is_kept
message: >
  You compare each probability with p by itself. In top-p it is the sum of the
  likeliest ones that has to reach p.
"""

import numpy as np


def top_p(probabilities: np.ndarray, p: float) -> np.ndarray:
    if p >= 1:
        return probabilities / np.sum(probabilities)
    keep = probabilities >= p
    keep[np.argmax(probabilities)] = True
    kept = np.where(keep, probabilities, 0)
    return kept / np.sum(kept)
