"""The gradients of attention, from its output back to queries, keys and values."""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    """Return the weights of scores along the last axis."""
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def softmax_backward(d_weights: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the gradient by the scores, row by row.

    d_weights: (..., S), weights: (..., S) -> (..., S)
    """
    raise NotImplementedError


def attention_backward(
    d_out: np.ndarray, q: np.ndarray, k: np.ndarray, v: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients by q, k and v from the gradient by the output.

    d_out: (..., T, c), q: (..., T, d), k: (..., S, d), v: (..., S, c)
    """
    raise NotImplementedError
