"""
misconception: counts rows by the token after
fails: test_before_and_after_are_told_apart
message: >
  Rows and columns are swapped while counting: that 1 follows 0 was written down as 0 following
  1. The row is the token before.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[1:], training[:-1]), 1)
    p = counts / np.sum(counts, axis=1, keepdims=True)
    p = p[text[:-1], text[1:]]
    return float(np.exp(-np.mean(np.log(p))))
