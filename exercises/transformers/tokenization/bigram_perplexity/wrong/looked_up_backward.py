"""
misconception: counts rightly, and looks pairs up with the later token first
fails: test_before_and_after_are_told_apart
message: >
  Your table is right, and the pairs of the text are looked up in it the other way
  round. The row is the token before, the column the token after.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    probabilities = counts / np.sum(counts, axis=1, keepdims=True)
    surprise = -np.log(probabilities[text[1:], text[:-1]])
    return float(np.exp(np.mean(surprise)))
