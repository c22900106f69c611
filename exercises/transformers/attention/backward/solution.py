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
    # BEGIN SOLUTION
    along = np.sum(weights * d_weights, axis=-1, keepdims=True)  # (..., 1)
    return weights * (d_weights - along)
    # END SOLUTION


def attention_backward(
    d_out: np.ndarray, q: np.ndarray, k: np.ndarray, v: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients by q, k and v from the gradient by the output.

    d_out: (..., T, c), q: (..., T, d), k: (..., S, d), v: (..., S, c)
    """
    # BEGIN SOLUTION
    root = np.sqrt(q.shape[-1])
    weights = softmax(q @ np.swapaxes(k, -1, -2) / root)  # (..., T, S)
    d_scores = softmax_backward(d_out @ np.swapaxes(v, -1, -2), weights)
    d_q = d_scores @ k / root
    d_k = np.swapaxes(d_scores, -1, -2) @ q / root
    return d_q, d_k, np.swapaxes(weights, -1, -2) @ d_out
    # END SOLUTION
