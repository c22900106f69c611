"""
misconception: transposes all axes of the keys
fails: test_batches_and_heads
message: >
  k.T turns around all axes, those of batches and heads too. Only the last two may change
  places: np.swapaxes(k, -1, -2).
"""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    scores = q @ k.T / np.sqrt(q.shape[-1])
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True) @ v
