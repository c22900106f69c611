"""Scaled dot-product attention."""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Return for each query the mean of the values, weighted by softmax of its scores.

    q: (..., T, d), k: (..., S, d), v: (..., S, c) -> (..., T, c)
    """
    # BEGIN SOLUTION
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])  # (..., T, S)
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = powers / np.sum(powers, axis=-1, keepdims=True)
    return weights @ v
    # END SOLUTION
