"""
misconception: reflects instead of turning
fails: test_a_quarter_turn
message: >
  The matrix cos, sin, sin, -cos is a reflection: at angle 0 it already changes the sign of the
  second half. A rotation has its minus at the sine of the first row.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (-2 * np.arange(d // 2) / d)
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos + v * sin, u * sin - v * cos], axis=1)
