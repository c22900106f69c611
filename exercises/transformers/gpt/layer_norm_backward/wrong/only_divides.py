"""
misconception: treats mean and length as constants
fails: test_gradient_by_the_input
message: >
  You divide the gradient as the input was divided. But the mean and the length depend
  on the input too: what they would undo has to be subtracted.
"""

import numpy as np


def layer_norm_backward(
    d_y: np.ndarray, x: np.ndarray, weight: np.ndarray, eps: float = 1e-5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    centered = x - np.mean(x, axis=1, keepdims=True)
    std = np.sqrt(np.mean(centered**2, axis=1, keepdims=True) + eps)
    normed = centered / std
    g = d_y * weight
    along = np.mean(g * normed, axis=1, keepdims=True)
    d_x = g / std
    return d_x, np.sum(d_y * normed, axis=0), np.sum(d_y, axis=0)
