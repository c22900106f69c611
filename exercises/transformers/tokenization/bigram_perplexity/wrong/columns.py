"""
misconception: divides columns by their sums
fails: test_before_and_after_are_told_apart
message: >
  Each column adds up to 1, not each row. The row belongs to the token before, and what can
  follow it has to add up to 1.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    p = counts / np.sum(counts, axis=0, keepdims=True)
    p = p[text[:-1], text[1:]]
    return float(np.exp(-np.mean(np.log(p))))
