"""The gradients of an adapter whose directions have weights."""

import numpy as np


def thin_gradients(
    d_y: np.ndarray, x: np.ndarray, A: np.ndarray, s: np.ndarray, B: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients with respect to A, s and B from that of the output.

    d_y: (..., d_out), x: (..., d_in), A: (d_in, r), s: (r,), B: (r, d_out)
    """
    raise NotImplementedError
