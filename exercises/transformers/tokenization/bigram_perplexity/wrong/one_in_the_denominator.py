"""
misconception: adds one to the sum of a row instead of one for each token
fails: test_a_text_by_hand
message: >
  You add one to the sum of the row. One is added to every count in it, so the sum
  grows by the number of tokens, and the row adds up to 1.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    probabilities = counts / (np.sum(counts - 1, axis=1, keepdims=True) + 1)
    surprise = -np.log(probabilities[text[:-1], text[1:]])
    return float(np.exp(np.mean(surprise)))
