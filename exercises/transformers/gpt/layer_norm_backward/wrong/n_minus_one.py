"""
misconception: divides the variance by d - 1
fails: test_gradient_by_the_weight
message: >
  Your variance divides by d - 1. That of a layer norm is the mean of the squared
  distances: it divides by d.
"""

import numpy as np


def layer_norm_backward(
    d_y: np.ndarray, x: np.ndarray, weight: np.ndarray, eps: float = 1e-5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    centered = x - np.mean(x, axis=1, keepdims=True)
    std = np.sqrt(np.var(x, axis=1, keepdims=True, ddof=1) + eps)
    normed = centered / std
    g = d_y * weight
    along = np.mean(g * normed, axis=1, keepdims=True)
    d_x = (g - np.mean(g, axis=1, keepdims=True) - normed * along) / std
    return d_x, np.sum(d_y * normed, axis=0), np.sum(d_y, axis=0)
