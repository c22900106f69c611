"""Softmax: scores become weights, and gradients by weights gradients by scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from groundup.validation import real_numbers

Array = NDArray[np.floating]


def softmax(x: ArrayLike) -> Array:
    """Return weights, positive and adding up to 1 along the last axis.

    Formula `attention.softmax`. Shape (..., n) -> (..., n). A score of minus infinity
    gets the weight 0; where all scores are minus infinity, so are all weights.
    """
    return softmax_in_place(real_numbers(x, "x").copy())


def softmax_in_place(scores: Array) -> Array:
    """Turn scores (..., n) into weights where they stand, and return them."""
    largest = scores.max(axis=-1, keepdims=True, initial=-np.inf)
    scores -= np.where(np.isneginf(largest), 0, largest)
    np.exp(scores, out=scores)
    total = scores.sum(axis=-1, keepdims=True)
    scores /= np.where(total == 0, 1, total)
    return scores


def softmax_jacobian(weights: ArrayLike) -> Array:
    """Return the derivatives ∂p_i/∂x_j = p_i (δ_ij − p_j) of softmax at its weights p.

    Formula `attention.softmax_jacobian`. Shape `weights: (n,)`, result (n, n).
    """
    p = real_numbers(weights, "weights")
    return np.diag(p) - np.outer(p, p)


def softmax_backward(d_weights: ArrayLike, weights: ArrayLike) -> Array:
    """Return the gradient by the scores from the gradient by the weights.

    Formula `attention.softmax_backward`: p ∘ (g − g·p), the Jacobian times g without
    the n² entries of the Jacobian. Shapes (..., n), (..., n) -> (..., n).
    """
    p, g = real_numbers(weights, "weights"), real_numbers(d_weights, "d_weights")
    if p.shape != g.shape:
        raise ValueError(f"weights have shape {p.shape}, their gradient {g.shape}")
    along = np.einsum("...i,...i->...", g, p)[..., None]  # (..., 1)
    d_scores: Array = g - along
    d_scores *= p
    return d_scores
