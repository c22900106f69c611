"""The perplexity of a bigram model on a text it has not seen."""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    """Return the perplexity on `text` of a bigram model of `training`.

    training: (n,), text: (T,), both of ids -> a number of at least 1
    """
    raise NotImplementedError
