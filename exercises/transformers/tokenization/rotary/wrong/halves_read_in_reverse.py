"""
misconception: takes the second half for u and the first for v
fails: test_a_quarter_turn
message: >
  You take the second half of a row for u and the first for v. Entry j is u, entry j +
  d/2 is v: even at position 0, where nothing turns, your halves change places.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (-2 * np.arange(d // 2) / d)
    angles = np.outer(positions, frequencies)
    u, v = x[:, d // 2 :], x[:, : d // 2]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos - v * sin, u * sin + v * cos], axis=1)
