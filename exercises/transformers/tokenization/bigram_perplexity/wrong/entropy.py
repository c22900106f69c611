"""
misconception: stops at the mean surprise
fails: test_a_text_by_hand
message: >
  This is the mean of the negative logarithms, the cross-entropy. Perplexity is the exponential
  of it: a number of tokens.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    p = counts / np.sum(counts, axis=1, keepdims=True)
    p = p[text[:-1], text[1:]]
    return float(-np.mean(np.log(p)))
