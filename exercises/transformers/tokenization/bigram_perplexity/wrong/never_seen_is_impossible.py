"""
misconception: leaves the ones away
fails: test_a_text_by_hand
message: >
  Without the ones, a pair that was never seen has probability 0, and one such pair makes the
  perplexity infinite. Begin the counts at 1.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.zeros((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    p = counts / np.sum(counts, axis=1, keepdims=True)
    p = p[text[:-1], text[1:]]
    return float(np.exp(-np.mean(np.log(p))))
