"""The perplexity of a bigram model on a text it has not seen."""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    """Return the perplexity on `text` of a bigram model of `training`.

    training: (n,), text: (T,), both of ids -> a number of at least 1
    """
    # BEGIN SOLUTION
    counts = np.ones((n_tokens, n_tokens))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    probabilities = counts / np.sum(counts, axis=1, keepdims=True)
    surprise = -np.log(probabilities[text[:-1], text[1:]])
    return float(np.exp(np.mean(surprise)))
    # END SOLUTION
