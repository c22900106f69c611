"""
misconception: transposes all axes
fails: test_batches_and_heads
message: >
  With .T the axes of batches and heads change places as well. Only the last two may.
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
    weights = softmax(q @ k.T / root)
    d_scores = softmax_backward(d_out @ v.T, weights)
    d_q = d_scores @ k / root
    d_k = d_scores.T @ q / root
    return d_q, d_k, weights.T @ d_out
