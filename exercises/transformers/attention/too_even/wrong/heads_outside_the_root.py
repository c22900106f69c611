"""
misconception: divides by the number of heads outside the root
fails: test_eight_heads
message: >
  You divide the root of d by the number of heads, so the weights are now too uneven. The
  number of heads belongs under the root: a head has d/h entries, and the scale is the root
  of that.
"""

"""Attention weights of several heads."""

import numpy as np


def split(x: np.ndarray, heads: int) -> np.ndarray:
    """Return the heads of queries or keys. Shape (T, d) -> (heads, T, d / heads)."""
    return x.reshape(len(x), heads, -1).swapaxes(0, 1)


def head_weights(q: np.ndarray, k: np.ndarray, heads: int) -> np.ndarray:
    """Return the weights of every head, positive and adding up to 1 in each row.

    q: (T, d), k: (S, d) -> (heads, T, S)
    """
    size = q.shape[1]
    q, k = split(q, heads), split(k, heads)
    scores = q @ k.swapaxes(1, 2) / (np.sqrt(size) / heads)  # (heads, T, S)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
