"""How many steps gradient descent needs, before and after standardizing."""

import numpy as np


def steps_needed(X: np.ndarray, y: np.ndarray) -> int:
    """Return how many steps make the gradient a million times shorter.

    X: (n, d), y: (n,)
    """
    raise NotImplementedError


def speedup(X: np.ndarray, y: np.ndarray) -> float:
    """Return how many times as many steps X needs as it does standardized.

    X: (n, d), its columns of mean 0, y: (n,)
    """
    raise NotImplementedError
