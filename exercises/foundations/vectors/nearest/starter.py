"""The most similar of several vectors."""

import numpy as np


def nearest(X: np.ndarray, q: np.ndarray) -> int:
    """Return the number of the row whose cosine with q is largest.

    X: (n, d), q: (d,)
    """
    raise NotImplementedError
