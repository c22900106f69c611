"""
misconception: divides by the number of tokens
fails: test_two_tokens_make_one_prediction
message: >
  You divide by the number of tokens. The first one is not predicted: T tokens make T - 1
  predictions.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    p = counts / np.sum(counts, axis=1, keepdims=True)
    p = p[text[:-1], text[1:]]
    return float(np.exp(-np.sum(np.log(p)) / len(text)))
