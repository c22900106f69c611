"""
misconception: only the diagonal of the Jacobian
fails: test_jacobian_of_three_weights
message: >
  You multiply by p(1 - p), the diagonal of the Jacobian. Raising one score also lowers all
  other weights of the row.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def softmax_backward(d_weights: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return d_weights * weights * (1 - weights)


def attention_backward(
    d_out: np.ndarray, q: np.ndarray, k: np.ndarray, v: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    root = np.sqrt(q.shape[-1])
    weights = softmax(q @ np.swapaxes(k, -1, -2) / root)
    d_scores = softmax_backward(d_out @ np.swapaxes(v, -1, -2), weights)
    d_q = d_scores @ k / root
    d_k = np.swapaxes(d_scores, -1, -2) @ q / root
    return d_q, d_k, np.swapaxes(weights, -1, -2) @ d_out
