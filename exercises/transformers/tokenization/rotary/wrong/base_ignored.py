"""
misconception: uses 10,000 whatever the base is
fails: test_entry_j_is_paired_with_entry_j_plus_half
message: >
  Your angles are those of the base 10,000, whatever was given. It is a parameter: use
  `base`.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = 10000.0 ** (-2 * np.arange(d // 2) / d)
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos - v * sin, u * sin + v * cos], axis=1)
