"""
misconception: puts the second half first when joining
fails: test_a_quarter_turn
message: >
  Your turns are right and the halves are joined the wrong way round: u cos - v sin
  belongs in the first half, u sin + v cos in the second.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (-2 * np.arange(d // 2) / d)
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * sin + v * cos, u * cos - v * sin], axis=1)
