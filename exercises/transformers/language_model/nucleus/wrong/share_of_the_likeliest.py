"""
misconception: compares each token with the likeliest one, as min-p does
fails: test_the_token_that_crosses_p_is_kept
message: >
  You keep the tokens that are at least p times as likely as the likeliest one. That
  is another method, min-p. Top-p adds up probabilities, from the likeliest token
  down, until their sum reaches p.
"""

import numpy as np


def top_p(probabilities, p):
    least = p * np.max(probabilities) if p < 1 else 0
    kept = np.where(probabilities >= least, probabilities, 0)
    return kept / kept.sum()
