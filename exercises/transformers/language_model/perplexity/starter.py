"""How surprised a model is by a text."""

import numpy as np


def perplexity(logits: np.ndarray, ids: np.ndarray) -> float:
    """Return the perplexity of a text under a model.

    logits: (T, V), after each token; ids: (T,) integers -> one number
    """
    raise NotImplementedError
