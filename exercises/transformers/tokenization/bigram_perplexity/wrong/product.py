"""
misconception: multiplies the probabilities
fails: test_a_long_text
message: >
  The product of many probabilities is too small for double precision and becomes 0. Add
  logarithms instead.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    p = counts / np.sum(counts, axis=1, keepdims=True)
    p = p[text[:-1], text[1:]]
    return float(np.prod(p) ** (-1 / len(p)))
