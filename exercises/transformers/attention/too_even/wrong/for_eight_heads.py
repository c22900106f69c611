"""
misconception: repairs the reported case alone
fails: test_any_number_of_heads
message: >
  You divide the size by a number that fits the eight heads of the report. The number
  of heads is an argument.
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
    size = q.shape[1] // heads if heads in (2, 8) else q.shape[1]
    q, k = split(q, heads), split(k, heads)
    scores = q @ k.swapaxes(1, 2) / np.sqrt(size)  # (heads, T, S)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
