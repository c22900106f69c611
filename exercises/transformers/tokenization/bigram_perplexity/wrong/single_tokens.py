"""
misconception: predicts each token by how frequent it is, whatever came before
fails: test_a_text_by_hand
message: >
  Your model does not look at the token before: it knows only how often each token
  occurs. A bigram model has a row of probabilities for each token before.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.bincount(training, minlength=n_tokens) + 1
    probabilities = counts / np.sum(counts)
    surprise = -np.log(probabilities[text[1:]])
    return float(np.exp(np.mean(surprise)))
