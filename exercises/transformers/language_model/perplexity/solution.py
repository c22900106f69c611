"""How surprised a model is by a text."""

import numpy as np


def perplexity(logits: np.ndarray, ids: np.ndarray) -> float:
    """Return the perplexity of a text under a model.

    logits: (T, V), after each token; ids: (T,) integers -> one number
    """
    # BEGIN SOLUTION
    rows, came = logits[:-1], ids[1:]
    shifted = rows - np.max(rows, axis=1, keepdims=True)
    log_total = np.log(np.sum(np.exp(shifted), axis=1))
    surprise = log_total - shifted[np.arange(len(came)), came]
    return float(np.exp(np.mean(surprise)))
    # END SOLUTION
