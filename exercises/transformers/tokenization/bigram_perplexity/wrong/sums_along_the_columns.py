"""
misconception: divides each column by the sum of the row of its number
fails: test_texts_drawn_at_random
message: >
  The sums are those of the rows, but they divide the columns: an array of shape
  (n_tokens,) is lined up with the last axis. With keepdims=True the sums form a
  column, and each row is divided by its own.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    p = counts / np.sum(counts, axis=1)
    p = p[text[:-1], text[1:]]
    return float(np.exp(-np.mean(np.log(p))))
