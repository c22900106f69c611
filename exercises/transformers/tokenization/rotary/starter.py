"""Rotary positions: a vector is turned by where it stands."""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    """Return the rows of x, each turned by its position.

    x: (n, d) with d even, positions: (n,) -> (n, d)
    """
    raise NotImplementedError
