"""
misconception: takes the gradient by the weights where the weights belong
fails: test_gradient_by_the_values
message: >
  In the gradient by `v` you use the gradient by the weights, `d_out @ v.T`. The output is
  weights times values, so a value gets back `d_out` times the weights themselves.
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
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    d_scores = softmax_backward(d_weights, weights)
    d_q = d_scores @ k / root
    d_k = np.swapaxes(d_scores, -1, -2) @ q / root
    return d_q, d_k, np.swapaxes(d_weights, -1, -2) @ d_out
