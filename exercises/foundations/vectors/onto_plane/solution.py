"""The projection of a vector onto the plane of two others."""

import numpy as np


def onto_plane(a: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Return the point nearest to a among all s u + t v.

    a, u, v: (n,) -> (n,)
    """
    # BEGIN SOLUTION
    upright = v - (v @ u) / (u @ u) * u
    along_u = (a @ u) / (u @ u) * u
    along_v = (a @ upright) / (upright @ upright) * upright
    return along_u + along_v
    # END SOLUTION
