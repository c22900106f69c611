"""
misconception: pairs neighbors instead of halves
fails: test_entry_j_is_paired_with_entry_j_plus_half
message: >
  You pair entries 0 and 1, 2 and 3. That is a rotary embedding too, the one of the first
  paper; this exercise, like Llama, pairs entry j with entry j + d/2.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (-2 * np.arange(d // 2) / d)
    angles = np.outer(positions, frequencies)
    u, v = x[:, 0::2], x[:, 1::2]
    cos, sin = np.cos(angles), np.sin(angles)
    result = np.empty(x.shape)
    result[:, 0::2], result[:, 1::2] = u * cos - v * sin, u * sin + v * cos
    return result
