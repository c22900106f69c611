"""
misconception: counts the pairs of the text that is predicted as well
fails: test_an_untaught_model_hesitates_between_all_tokens
message: >
  You count the pairs of both texts. The model has seen the training text only:
  whoever has seen the other one is less surprised by it than on new text.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    np.add.at(counts, (text[:-1], text[1:]), 1)
    probabilities = counts / np.sum(counts, axis=1, keepdims=True)
    surprise = -np.log(probabilities[text[:-1], text[1:]])
    return float(np.exp(np.mean(surprise)))
