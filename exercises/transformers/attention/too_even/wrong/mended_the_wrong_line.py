"""
misconception: changes the way the heads are cut and leaves the scale
fails: test_eight_heads
message: >
  You changed `split`, which was right: reshaping (T, d) to (heads, T, d / heads) at once
  mixes up the words. Put it back. The scale is still the root of d, which is what makes
  the weights too even.
"""

"""Attention weights of several heads."""

import numpy as np


def split(x: np.ndarray, heads: int) -> np.ndarray:
    """Return the heads of queries or keys. Shape (T, d) -> (heads, T, d / heads)."""
    return x.reshape(heads, len(x), -1)


def head_weights(q: np.ndarray, k: np.ndarray, heads: int) -> np.ndarray:
    """Return the weights of every head, positive and adding up to 1 in each row.

    q: (T, d), k: (S, d) -> (heads, T, S)
    """
    size = q.shape[1]
    q, k = split(q, heads), split(k, heads)
    scores = q @ k.swapaxes(1, 2) / np.sqrt(size)  # (heads, T, S)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
