"""
misconception: lets the last pair turn fastest
fails: test_entry_j_is_paired_with_entry_j_plus_half
message: >
  The frequencies run the wrong way: the first pair, j = 0, turns by the position itself, and
  the later ones ever more slowly.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (-2 * np.arange(d // 2) / d)[::-1]
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos - v * sin, u * sin + v * cos], axis=1)
