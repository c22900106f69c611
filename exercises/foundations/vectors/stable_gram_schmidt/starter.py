"""Directions at right angles, from columns that may be nearly the same."""

import numpy as np


def gram_schmidt(V: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return Q with orthonormal columns and the upper triangular R, with V = QR.

    V: (n, k) with independent columns -> (n, k), (k, k)
    """
    raise NotImplementedError
