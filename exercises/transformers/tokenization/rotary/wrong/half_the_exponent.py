"""
misconception: leaves the 2 out of the exponent
fails: test_entry_j_is_paired_with_entry_j_plus_half
message: >
  The exponent is -2j/d, and yours is -j/d: all pairs but the first turn too fast.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (-np.arange(d // 2) / d)
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos - v * sin, u * sin + v * cos], axis=1)
