"""
misconception: divides by the sum of the whole table
fails: test_a_text_by_hand
message: >
  You divide by the sum of all counts: that is how likely the pair is. What is asked
  for is how likely b is when a is there: divide by the sum of its row.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    probabilities = counts / np.sum(counts)
    surprise = -np.log(probabilities[text[:-1], text[1:]])
    return float(np.exp(np.mean(surprise)))
