"""
misconception: uses the new first half for the second
fails: test_a_quarter_turn
message: >
  The second half is computed from a first half that was turned already. Both new entries need
  the old ones.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (-2 * np.arange(d // 2) / d)
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    u = u * cos - v * sin
    return np.concatenate([u, u * sin + v * cos], axis=1)
