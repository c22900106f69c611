"""Top-p: the smallest set of likeliest tokens that reaches a probability."""

import numpy as np


def top_p(probabilities: np.ndarray, p: float) -> np.ndarray:
    """Return the probabilities after top-p, in the order of the vocabulary.

    probabilities: (V,) -> (V,), which adds up to 1
    """
    raise NotImplementedError
