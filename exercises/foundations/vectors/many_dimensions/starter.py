"""How far from a right angle vectors are."""

import numpy as np


def tilt(X: np.ndarray) -> float:
    """Return the mean distance from 90 degrees of the angles of all pairs of rows.

    X: (n, d), n at least 2, no row zero
    """
    raise NotImplementedError
