"""
misconception: divides by d/2 in the exponent, and multiplies by 2
fails: test_entry_j_is_paired_with_entry_j_plus_half
message: >
  Your exponent is -4j/d: 2j is divided by the number of pairs. It is divided by the
  number of entries, d.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (-2 * np.arange(d // 2) / (d // 2))
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos - v * sin, u * sin + v * cos], axis=1)
