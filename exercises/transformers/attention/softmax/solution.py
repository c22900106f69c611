"""Softmax: scores become weights."""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    """Return the weights of scores, positive and adding up to 1 along the last axis.

    x: (..., n) -> (..., n)
    """
    # BEGIN SOLUTION
    shifted = x - np.max(x, axis=-1, keepdims=True)
    weights = np.exp(shifted)
    return weights / np.sum(weights, axis=-1, keepdims=True)
    # END SOLUTION
