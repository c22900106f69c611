"""Directions at right angles, from columns that may be nearly the same."""

import numpy as np


def gram_schmidt(V: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return Q with orthonormal columns and the upper triangular R, with V = QR.

    V: (n, k) with independent columns -> (n, k), (k, k)
    """
    # BEGIN SOLUTION
    n, k = V.shape
    Q, R = np.empty((n, k)), np.zeros((k, k))
    for j in range(k):
        v = V[:, j]
        for _ in ("once", "again"):
            shadows = Q[:, :j].T @ v
            v = v - Q[:, :j] @ shadows
            R[:j, j] += shadows
        R[j, j] = np.sqrt(np.sum(v**2))
        Q[:, j] = v / R[j, j]
    return Q, R
    # END SOLUTION
