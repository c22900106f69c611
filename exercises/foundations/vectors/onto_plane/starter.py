"""The projection of a vector onto the plane of two others."""

import numpy as np


def onto_plane(a: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Return the point nearest to a among all s u + t v.

    a, u, v: (n,) -> (n,)
    """
    raise NotImplementedError
