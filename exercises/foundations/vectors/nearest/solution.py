"""The most similar of several vectors."""

import numpy as np


def nearest(X: np.ndarray, q: np.ndarray) -> int:
    """Return the number of the row whose cosine with q is largest.

    X: (n, d), q: (d,)
    """
    # BEGIN SOLUTION
    lengths = np.linalg.norm(X, axis=1)
    cosines = np.full(len(X), -np.inf)  # a row of zeros never wins
    there = lengths > 0
    cosines[there] = X[there] @ q / lengths[there]
    return int(np.argmax(cosines))
    # END SOLUTION
