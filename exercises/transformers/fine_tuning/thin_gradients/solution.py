"""The gradients of an adapter whose directions have weights."""

import numpy as np


def thin_gradients(
    d_y: np.ndarray, x: np.ndarray, A: np.ndarray, s: np.ndarray, B: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients with respect to A, s and B from that of the output.

    d_y: (..., d_out), x: (..., d_in), A: (d_in, r), s: (r,), B: (r, d_out)
    """
    # BEGIN SOLUTION
    x = x.reshape(-1, len(A))
    d_y = d_y.reshape(-1, B.shape[1])
    down = x @ A  # (n, r)
    back = d_y @ B.T  # (n, r)
    return x.T @ (back * s), np.sum(down * back, axis=0), (down * s).T @ d_y
    # END SOLUTION
