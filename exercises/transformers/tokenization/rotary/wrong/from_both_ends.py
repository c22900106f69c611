"""
misconception: pairs the first entry with the last
fails: test_entry_j_is_paired_with_entry_j_plus_half
message: >
  You pair the first entry with the last, the second with the last but one. Entry j
  belongs with entry j + d/2.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (-2 * np.arange(d // 2) / d)
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, : d // 2 - 1 : -1]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos - v * sin, (u * sin + v * cos)[:, ::-1]], axis=1)
