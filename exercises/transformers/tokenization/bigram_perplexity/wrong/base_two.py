"""
misconception: mixes logarithms to base 2 with e
fails: test_a_text_by_hand
message: >
  The logarithm is to base 2 and the power to base e. Use one base for both: either one gives
  the same perplexity.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    p = counts / np.sum(counts, axis=1, keepdims=True)
    p = p[text[:-1], text[1:]]
    return float(np.exp(-np.mean(np.log2(p))))
