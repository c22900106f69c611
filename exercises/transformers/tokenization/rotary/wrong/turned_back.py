"""
misconception: turns the other way round
fails: test_a_quarter_turn
message: >
  The pairs turn clockwise: the signs of the two sines are swapped. The dot products would
  still know the distance alone, but a model trained the other way would read them wrong.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (-2 * np.arange(d // 2) / d)
    angles = np.outer(positions, frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos + v * sin, v * cos - u * sin], axis=1)
