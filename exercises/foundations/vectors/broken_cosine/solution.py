"""How much the directions of vectors agree."""

import numpy as np


def directions(X: np.ndarray) -> np.ndarray:
    """Return rows of length 1, zeros as they are. Shape (n, d) -> (n, d)."""
    lengths = np.linalg.norm(X, axis=1, keepdims=True)
    lengths = np.where(lengths > 0, lengths, 1.0)
    return X / lengths


def similarities(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return the cosines of all rows of X with all rows of Y.

    X: (n, d), Y: (m, d) -> (n, m)
    """
    return directions(X) @ directions(Y).T
