"""
misconception: turns all pairs at one speed
fails: test_entry_j_is_paired_with_entry_j_plus_half
message: >
  All pairs turn by the position itself. Then positions that lie a full turn apart would look
  alike; each pair needs a speed of its own.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = np.ones(d // 2)
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos - v * sin, u * sin + v * cos], axis=1)
