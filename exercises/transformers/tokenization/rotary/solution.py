"""Rotary positions: a vector is turned by where it stands."""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    """Return the rows of x, each turned by its position.

    x: (n, d) with d even, positions: (n,) -> (n, d)
    """
    # BEGIN SOLUTION
    d = x.shape[1]
    frequencies = base ** (-2 * np.arange(d // 2) / d)
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos - v * sin, u * sin + v * cos], axis=1)
    # END SOLUTION
