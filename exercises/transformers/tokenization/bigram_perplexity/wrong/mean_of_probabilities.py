"""
misconception: takes the mean of the probabilities
fails: test_a_text_by_hand
message: >
  You divide 1 by the mean of the probabilities. The mean belongs to the logarithms, so that a
  single prediction that was nearly impossible is not hidden by many good ones.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    p = counts / np.sum(counts, axis=1, keepdims=True)
    p = p[text[:-1], text[1:]]
    return float(1 / np.mean(p))
