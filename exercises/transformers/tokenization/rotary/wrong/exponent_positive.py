"""
misconception: turns the later pairs faster
fails: test_entry_j_is_paired_with_entry_j_plus_half
message: >
  Your later pairs turn faster than the first. The exponent has a minus: each
  frequency is smaller than the one before.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (2 * np.arange(d // 2) / d)
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos - v * sin, u * sin + v * cos], axis=1)
