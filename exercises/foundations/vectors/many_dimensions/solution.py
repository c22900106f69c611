"""How far from a right angle vectors are."""

import numpy as np


def tilt(X: np.ndarray) -> float:
    """Return the mean distance from 90 degrees of the angles of all pairs of rows.

    X: (n, d), n at least 2, no row zero
    """
    # BEGIN SOLUTION
    units = X / np.linalg.norm(X, axis=1, keepdims=True)
    cosines = (units @ units.T)[np.triu_indices(len(X), 1)]
    angles = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
    return float(np.mean(np.abs(angles - 90)))
    # END SOLUTION
