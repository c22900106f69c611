"""
misconception: compares every row with the token it was computed from
fails: test_planted_probabilities
message: >
  You use all T rows, each with its own token. Row t predicts the token that follows:
  leave out the last row and the first token.
"""

import numpy as np


def perplexity(logits: np.ndarray, ids: np.ndarray) -> float:
    rows, came = logits, ids
    shifted = rows - np.max(rows, axis=1, keepdims=True)
    log_total = np.log(np.sum(np.exp(shifted), axis=1))
    surprise = log_total - shifted[np.arange(len(came)), came]
    return float(np.exp(np.mean(surprise)))
