"""
misconception: turns each row by its number instead of its position
fails: test_a_quarter_turn
message: >
  You turn row t by t. It stands at `positions[t]`, which may be any number.
"""

import numpy as np


def rotate(x: np.ndarray, positions: np.ndarray, base: float = 10000.0) -> np.ndarray:
    d = x.shape[1]
    frequencies = base ** (-2 * np.arange(d // 2) / d)
    angles = np.outer(np.arange(len(x)), frequencies)
    u, v = x[:, : d // 2], x[:, d // 2 :]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos - v * sin, u * sin + v * cos], axis=1)
