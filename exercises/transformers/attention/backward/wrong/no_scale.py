"""
misconception: forgets the root of d on the way back
fails: test_gradient_by_the_queries
slip: true
message: >
  The scores were divided by the root of d, so the gradients by queries and keys are too.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def softmax_backward(d_weights: np.ndarray, weights: np.ndarray) -> np.ndarray:
    along = np.sum(weights * d_weights, axis=-1, keepdims=True)
    return weights * (d_weights - along)


def attention_backward(
    d_out: np.ndarray, q: np.ndarray, k: np.ndarray, v: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    root = np.sqrt(q.shape[-1])
    weights = softmax(q @ np.swapaxes(k, -1, -2) / root)
    d_scores = softmax_backward(d_out @ np.swapaxes(v, -1, -2), weights)
    d_q = d_scores @ k
    d_k = np.swapaxes(d_scores, -1, -2) @ q
    return d_q, d_k, np.swapaxes(weights, -1, -2) @ d_out
